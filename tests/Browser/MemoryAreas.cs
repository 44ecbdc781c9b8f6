using System.Reflection;
using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Silos;
using Orleans.Concurrency;

namespace CivicSignals.Tests.Browser;

/// <summary>An area that applies people's actions to the ledger in memory and weighs nothing.</summary>
internal sealed class MemoryArea(MemoryLedger ledger, TimeProvider clock) : IAreaGrain
{
    public async Task<ActionResult> ActAsync(OperatorAction action, CancellationToken cancellation)
    {
        var entries = await ledger.IncidentAsync(action.Incident, cancellation);
        var line = JsonSerializer.Deserialize(entries.Last(entry => entry.Type == EntryType.Incident).Body.Span, LedgerJson.Lines.IncidentLine)!;
        if (line.Stage == Stage.Closed)
            return ActionResult.Closed;
        if (action is { Verb: ActionVerb.Split, Evidence: not { Count: > 0 } })
            return ActionResult.NoSuchEvidence;
        var now = clock.GetUtcNow();
        ledger.Append(Samples.Entry(new ActionLine(now, "action", action.Incident, action.Verb.Word(), action.User, action.Note) { Other = action.Other ?? "apart-1" }));
        ledger.Append(Samples.Entry(action.Verb switch
        {
            ActionVerb.Acknowledge => line with { At = now, AcknowledgedBy = action.User },
            ActionVerb.Confirm => line with { At = now, Confirmation = new("operator", 1, now, [action.User]) },
            ActionVerb.Merge => line with { At = now, Stage = Stage.Closed, Outcome = Outcome.Merged, MergedInto = action.Other },
            ActionVerb.Split => line with { At = now, Evidence = [.. line.Evidence.Where(piece => !action.Evidence!.Contains($"{piece.Source} {piece.Kind}"))], Apart = ["apart-1"] },
            ActionVerb.UndoMerge => line with { At = now, MergedFrom = null, Apart = ["apart-1"] },
            ActionVerb.FalseAlarm => line with { At = now, Stage = Stage.Closed, Outcome = Outcome.FalseAlarm },
            _ => line with { At = now, Stage = Stage.Closed, Outcome = Outcome.AllClear },
        }));
        return ActionResult.Done;
    }

    public Task<OfferReceipt> OfferAsync(Immutable<Signal[]> signals, bool final, CancellationToken cancellation) => throw new NotSupportedException();
    public Task ReviseAsync(CivicSignals.Homes.HomeRevision home, CancellationToken cancellation) => throw new NotSupportedException();
    public Task TickAsync(CancellationToken cancellation) => throw new NotSupportedException();
    public Task<bool[]> FollowsAsync(Immutable<Signal[]> signals, CancellationToken cancellation) => throw new NotSupportedException();
}

/// <summary>A grain factory that knows one area under every key, and the board of silos.</summary>
public class OneAreaFactory : DispatchProxy
{
    private IAreaGrain? _area;

    public static IGrainFactory Of(IAreaGrain area)
    {
        var factory = Create<IGrainFactory, OneAreaFactory>();
        ((OneAreaFactory)(object)factory)._area = area;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IGrainFactory.GetGrain)
        ? targetMethod.GetGenericArguments() is [var grain] && grain == typeof(ISiloBoard) ? new SampleSilos() : _area
        : throw new NotSupportedException(targetMethod.Name);
}
