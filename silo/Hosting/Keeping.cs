using CivicSignals.Duties;
using CivicSignals.Ledger;
using CivicSignals.Questions;
using CivicSignals.Silo.Telemetry;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.Hosting;

/// <summary>Removes what has been kept for long enough: what people said, closed incidents with their evidence, and what else is long over.</summary>
internal sealed class Keeping(
    IQuestionStore questions, IPostStore posts, IRetention retention, IOptions<RetentionOptions> options, WorkMetrics metrics, IDuties duties, TimeProvider time, ILogger<Keeping> log)
    : BackgroundService
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
                await ForgetAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is due is removed at the next start.
        }
    }

    private async Task ForgetAsync(CancellationToken stoppingToken)
    {
        try
        {
            await questions.ForgetAsync(time.GetUtcNow() - Question.Kept);
            await posts.ForgetBeforeAsync(time.GetUtcNow() - KeptPost.Kept);
            await RetainAsync(stoppingToken);
        }
        catch (LedgerUnavailableException e)
        {
            log.WordsNotRemoved(e);
        }
    }

    private async Task RetainAsync(CancellationToken stoppingToken)
    {
        var policy = options.Value.Policy();
        RetentionStep step;
        do
        {
            step = await retention.StepAsync(policy, time.GetUtcNow(), stoppingToken);
            metrics.Retained(step);
        }
        while (!step.IsDone);
    }
}
