using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>Whether this silo is connected to the broker and hears from it: it is not ready while it does not.</summary>
internal sealed class BrokerState : IHealthCheck
{
    private volatile string? _lost = "not connected yet";

    /// <summary>Whether it is connected and subscribed.</summary>
    public bool IsConnected => _lost is null;

    /// <summary>It is connected and subscribed.</summary>
    public void Connected() => _lost = null;

    /// <summary>It is not.</summary>
    /// <param name="reason">Why, in words for an operator, without secrets.</param>
    /// <returns>Whether that is news.</returns>
    public bool Lost(string reason)
    {
        var isNews = _lost != reason;
        _lost = reason;
        return isNews;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_lost is { } reason ? HealthCheckResult.Unhealthy($"MQTT broker: {reason}") : HealthCheckResult.Healthy());
}
