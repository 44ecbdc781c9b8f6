using System.Reflection;
using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest.Intake;

/// <summary>A desk of every silo that answers when it is told to; its caller has gone on when it has been told.</summary>
internal sealed class FakeDesk : IIntakeDesk
{
    private readonly List<(IntakeBatch[] Batches, TaskCompletionSource<MessageOutcome[]?[]> Answered)> _calls = [];

    /// <summary>Whether it takes nothing, and says so at once.</summary>
    public bool IsRefusing { get; init; }

    /// <summary>The topics of each call.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls.Select(call => call.Batches.SelectMany(batch => batch.Messages).Select(message => message.Topic).ToList())];
        }
    }

    /// <summary>Grains as they are, but for this desk.</summary>
    public IGrainFactory Before(IGrainFactory real)
    {
        var factory = DispatchProxy.Create<IGrainFactory, DeskFactory>();
        (((DeskFactory)(object)factory).Real, ((DeskFactory)(object)factory).Desk) = (real, this);
        return factory;
    }

    public Task<MessageOutcome[]?[]> TakeAsync(IntakeBatch[] batches)
    {
        if (IsRefusing)
            return Task.FromResult<MessageOutcome[]?[]>([null]);
        lock (_calls)
        {
            _calls.Add((batches, new()));
            return _calls[^1].Answered.Task;
        }
    }

    public void Answer(int call, bool isTaken)
    {
        lock (_calls)
            _calls[call].Answered.SetResult(Array.ConvertAll(_calls[call].Batches, batch => isTaken ? Array.ConvertAll(batch.Messages, _ => MessageOutcome.Ambient) : null));
    }
}

public class DeskFactory : DispatchProxy
{
    public IGrainFactory Real { get; set; } = null!;

    public object Desk { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.IsGenericMethod && targetMethod.GetGenericArguments()[0] == typeof(IIntakeDesk) ? Desk : targetMethod.Invoke(Real, args);
}
