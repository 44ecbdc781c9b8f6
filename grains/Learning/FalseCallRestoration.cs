using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>A person says that the cause of a premises' false calls is fixed.</summary>
/// <param name="Premises">Whose.</param>
/// <param name="Hazard">Of what.</param>
/// <param name="Service">To whom: the service's word.</param>
/// <param name="User">Who says so, at most 100 characters.</param>
/// <param name="Note">How it was fixed; empty or at most 1,000 characters.</param>
[GenerateSerializer, Immutable, Alias("false-call-restoration")]
public sealed record FalseCallRestoration(
    [property: Id(0)] string Premises,
    [property: Id(1)] Hazard Hazard,
    [property: Id(2)] string Service,
    [property: Id(3)] string User,
    [property: Id(4)] string Note = "");
