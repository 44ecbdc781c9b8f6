using CivicSignals.Learning;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>False calls as a test lists them.</summary>
public sealed class FalseCallsInMemory(params IReadOnlyList<FalseCallStanding> standings) : IFalseCalls
{
    public List<FalseCallStanding> Standings { get; } = [.. standings];

    public Task<IReadOnlyList<FalseCallStanding>> ListAsync(int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<FalseCallStanding>>([.. Standings.Take(limit)]);

    public Task<IReadOnlyList<FalseCallStanding>> OfPremisesAsync(string premises, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<FalseCallStanding>>([.. Standings.Where(standing => standing.Premises == premises)]);
}
