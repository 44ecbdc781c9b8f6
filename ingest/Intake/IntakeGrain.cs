using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Placement;
using Orleans.Concurrency;

namespace CivicSignals.Ingest.Intake;

/// <inheritdoc/>
/// <remarks>Reentrant: batches of several machines wait for their commits side by side.</remarks>
[Reentrant, SpreadPlacement]
internal sealed class IntakeGrain(SignalPipeline pipeline, HomesDialect homes, Registry registry, RegistryStart start, Holdings holdings, Whereabouts whereabouts) : Grain, IIntakeGrain
{
    /// <summary>The gateways of the share whose descriptions have been read back; what was known of them before this activation may be out of date.</summary>
    private readonly Dictionary<string, Task> _recalled = [];

    /// <summary>Ends when all that was given has been read.</summary>
    private Task _read = Task.CompletedTask;

    private int Number => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await start.Full.WaitAsync(cancellationToken);
        await holdings.TakeAsync(Number, cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        holdings.Give(Number);
        homes.ForgetAll(gateway => Share.OfOwner(gateway) == Number);
        return Task.CompletedTask;
    }

    public async Task<MessageOutcome[]> TakeAsync(Immutable<InboundMessage[]> messages, CancellationToken cancellation)
    {
        var reading = ReadAsync(messages.Value, _read);
        _read = reading;
        var settling = await reading;
        var outcomes = new MessageOutcome[settling.Length];
        for (var i = 0; i < settling.Length; i++)
            outcomes[i] = await settling[i];
        return outcomes;
    }

    public Task WatchAsync(CancellationToken cancellation)
    {
        if (whereabouts.IsElsewhere(this.GetGrainId()))
            DeactivateOnIdle();
        return Task.CompletedTask;
    }

    /// <summary>Reads messages after all that was given before them: those that wait for what is remembered of their gateways hold up the next.</summary>
    private async Task<ValueTask<MessageOutcome>[]> ReadAsync(InboundMessage[] messages, Task before)
    {
        List<Task>? recalling = null;
        foreach (var message in messages)
        {
            if (RecallAsync(message.Topic) is { IsCompletedSuccessfully: false } recall)
                (recalling ??= []).Add(recall);
        }

        if (recalling is not null)
            await Task.WhenAll(recalling);
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return Array.ConvertAll(messages, message => pipeline.AcceptAsync(message));
    }

    /// <summary>Once for each gateway, before its first message.</summary>
    private Task RecallAsync(string topic)
    {
        if (!topic.StartsWith("homes/", StringComparison.Ordinal) || !TopicRules.Owner(topic, out var owner) || registry.Find(owner) is null)
            return Task.CompletedTask;
        var known = _recalled.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(owner, out var recalled) && !recalled.IsFaulted)
            return recalled;
        homes.Forget(owner);
        return known[owner] = pipeline.RecallAsync(owner.ToString(), CancellationToken.None);
    }
}
