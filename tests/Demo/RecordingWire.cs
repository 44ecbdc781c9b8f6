using CivicSignals.Incidents;
using CivicSignals.Signals;
using CivicSignals.Silo.Demo;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Demo;

/// <summary>The town on a fake clock, everything that it says and does kept.</summary>
internal sealed class RecordingWire : ITownWire, ITownOperator
{
    private static readonly DateTimeOffset Start = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);

    public List<(double Seconds, TownMessage Message)> Messages { get; } = [];

    public List<(double Seconds, Hazard Hazard, ActionVerb Verb)> Actions { get; } = [];

    public HashSet<string> Connected { get; } = [];

    public static async Task<RecordingWire> RunAsync(TimeSpan length)
    {
        var wire = new RecordingWire();
        var town = new TownSimulator(wire._time, wire, wire);
        for (var t = TimeSpan.Zero; t < length; t += TimeSpan.FromMilliseconds(100))
        {
            await town.StepAsync(TestContext.Current.CancellationToken);
            wire._time.Advance(TimeSpan.FromMilliseconds(100));
        }

        return wire;
    }

    public Task ConnectAsync(string user, string? offlineTopic, CancellationToken cancellation)
    {
        Connected.Add(user);
        return Task.CompletedTask;
    }

    public Task PublishAsync(TownMessage message, CancellationToken cancellation)
    {
        Messages.Add((Elapsed, message));
        return Task.CompletedTask;
    }

    public Task<bool> ActAsync(Hazard hazard, double lat, double lon, ActionVerb verb, string note, CancellationToken cancellation)
    {
        Actions.Add((Elapsed, hazard, verb));
        return Task.FromResult(true);
    }

    private double Elapsed => (_time.GetUtcNow() - Start).TotalSeconds;
}
