using CivicSignals.Duties;
using CivicSignals.Ledger;
using CivicSignals.Questions;
using CivicSignals.Silo.Telemetry;

namespace CivicSignals.Silo.Hosting;

/// <summary>Removes what people said, questions with their answers and public posts, when it has been kept long enough.</summary>
internal sealed class Keeping(IQuestionStore questions, IPostStore posts, IDuties duties, TimeProvider time, ILogger<Keeping> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duties.RunAsync("keeping", KeepForgettingAsync, stoppingToken);

    private async Task KeepForgettingAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await ForgetAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is due is removed at the next start.
        }
    }

    private async Task ForgetAsync()
    {
        try
        {
            await questions.ForgetAsync(time.GetUtcNow() - Question.Kept);
            await posts.ForgetBeforeAsync(time.GetUtcNow() - KeptPost.Kept);
        }
        catch (LedgerUnavailableException e)
        {
            log.WordsNotRemoved(e);
        }
    }
}
