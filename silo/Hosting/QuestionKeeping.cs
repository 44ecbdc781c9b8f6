using CivicSignals.Ledger;
using CivicSignals.Questions;
using CivicSignals.Silo.Telemetry;

namespace CivicSignals.Silo.Hosting;

/// <summary>Removes questions and what people answered when they have been kept long enough.</summary>
internal sealed class QuestionKeeping(IQuestionStore questions, TimeProvider time, ILogger<QuestionKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
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
        }
        catch (LedgerUnavailableException e)
        {
            log.QuestionsNotRemoved(e);
        }
    }
}
