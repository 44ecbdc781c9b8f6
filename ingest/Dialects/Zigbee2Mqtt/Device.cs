using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>One device of a gateway: what it can say and what it last said. Guarded by its gateway's lock.</summary>
internal sealed class Device(string source, DeviceKeySet keys, Gateway gateway) : IDelivery
{
    private readonly Said[] _said = new Said[keys.Length];
    private readonly int[] _epochs = new int[keys.Length];

    public string Source => source;

    public DeviceKeySet Keys => keys;

    public bool IsActive => Array.IndexOf(_said, Said.Active) >= 0;

    /// <summary>
    /// Takes what one message says, key by key, and returns the signals that are in it: every alarm that sounds (its area knows whether that is news),
    /// changes of what is not an alarm, and ends.
    /// </summary>
    public List<Signal>? Take(ReadOnlySpan<Said> values, in InboundMessage message)
    {
        List<Signal>? signals = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] == Said.Nothing)
                continue;
            var (before, key) = (_said[i], keys[i]);
            var known = before is Said.Inactive or Said.Undelivered;
            var sinceUnknown = !known && (message.Retain || (_epochs[i] != gateway.Epoch && gateway.IsCatchingUp(message.ReceivedAt)));
            if (!key.Momentary)
                (_said[i], _epochs[i]) = (values[i], gateway.Epoch);
            var active = values[i] == Said.Active;
            if (active ? !key.EdgeOnly || before != Said.Active : before != Said.Inactive)
                (signals ??= []).Add(Signal(key, active, active && sinceUnknown, message));
        }

        return signals;
    }

    /// <summary>Goes on from what another description of the same device knew.</summary>
    public void Inherit(Device other)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            var from = other.Keys.IndexOf(keys[i]);
            if (from >= 0)
                (_said[i], _epochs[i]) = (other._said[from], other._epochs[from]);
        }
    }

    public void Undelivered()
    {
        lock (gateway.Gate)
        {
            for (var i = 0; i < _said.Length; i++)
            {
                if (_said[i] != Said.Nothing)
                    _said[i] = Said.Undelivered;
            }
        }
    }

    private Signal Signal(DeviceKey key, bool active, bool sinceUnknown, in InboundMessage message) => new()
    {
        Source = source,
        Kind = key.Kind,
        Active = active,
        Place = gateway.Premises.Place,
        ObservedAt = message.ReceivedAt, // Its messages carry no time of their own.
        ReceivedAt = message.ReceivedAt,
        Premises = gateway.Premises.Id,
        SinceUnknown = sinceUnknown,
        Consents = gateway.Premises.Consents,
    };
}
