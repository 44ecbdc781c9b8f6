using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>Something that really happened.</summary>
/// <param name="Id">Unique in the day.</param>
/// <param name="Hazard">What.</param>
/// <param name="Also">Hazards that are there too: a fire makes carbon monoxide, a crash lies on the road. An alert about one of them is not false, but is not this incident's.</param>
/// <param name="Onset">When it began.</param>
/// <param name="End">When it was over.</param>
internal sealed record TrueIncident(string Id, string Hazard, IReadOnlyList<string> Also, Point Place, DateTimeOffset Onset, DateTimeOffset End)
{
    /// <summary>Who observed it, in the order of the observations.</summary>
    public List<Observation> Observations { get; } = [];

    /// <summary>What reached the platform, in the order in which it did.</summary>
    public IEnumerable<Observation> Received => Observations.Where(o => o.ReceivedAt is not null).OrderBy(o => o.ReceivedAt);

    public bool SeenByAny => Received.Any();

    public bool SeenBySensor => Received.Any(o => o.IsSensor);

    public bool SeenByTwo => Received.Select(o => o.Origin).Distinct().Take(2).Count() == 2;

    /// <summary>The first observation that reached the platform.</summary>
    public DateTimeOffset? FirstEvidence => Received.FirstOrDefault()?.ReceivedAt;

    /// <summary>The first observation by a second origin that reached the platform.</summary>
    public DateTimeOffset? SecondEvidence => Received.FirstOrDefault(o => o.Origin != Received.First().Origin)?.ReceivedAt;
}

/// <summary>Who observed.</summary>
internal enum Witness
{
    HomeSensor,
    Vehicle,
    Resident,
    Post,
}

/// <summary>One observation that speaks for a hazard, whether there is one or not.</summary>
/// <param name="Origin">What is independent of others: a kind of sensor in a home, a vehicle, a reporter, an account.</param>
/// <param name="Hazard">What it speaks for.</param>
/// <param name="Alone">Whether it is meant to raise an alarm by itself; false for hard braking, contacts, motion.</param>
/// <param name="Incident">What it observed; null: nothing, it is a nuisance, a mistake or a lie.</param>
internal sealed record Observation(string Origin, string Hazard, Witness Witness, bool Alone, Point Place, DateTimeOffset At, TrueIncident? Incident)
{
    /// <summary>When its message reached the platform; null: it was lost. Set by the delivery.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    public bool IsSensor => Witness is Witness.HomeSensor or Witness.Vehicle;
}
