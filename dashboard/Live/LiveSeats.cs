using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using CivicSignals.Accounting;
using CivicSignals.Ledger;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Live;

/// <summary>Counts the open streams, in all and per address, so that one address cannot take all.</summary>
public sealed class LiveSeats
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly int _perAddress;
    private long _public;
    private long _controlRoom;

    public LiveSeats(IMeterFactory meters, IOptions<LiveOptions> options)
    {
        _perAddress = options.Value.PerAddress;
        meters.Create(MessageAccount.MeterName).CreateObservableGauge("civicsignals.live.connections", Open, "{connection}", "Open live streams, by audience");
    }

    /// <summary>A seat for a stream from an address, to be disposed at its end; null when the address has as many as it may.</summary>
    public IDisposable? Take(IPAddress? address, TailScope scope)
    {
        var key = Key(address);
        lock (_gate)
        {
            var taken = _byAddress.GetValueOrDefault(key);
            if (taken >= _perAddress)
                return null;
            _byAddress[key] = taken + 1;
            Count(scope, 1);
        }

        return new Seat(this, key, scope);
    }

    private void Leave(IPAddress key, TailScope scope)
    {
        lock (_gate)
        {
            if (--_byAddress[key] == 0)
                _byAddress.Remove(key);
            Count(scope, -1);
        }
    }

    private void Count(TailScope scope, int by)
    {
        if (scope == TailScope.Public)
            _public += by;
        else
            _controlRoom += by;
    }

    private Measurement<long>[] Open()
    {
        lock (_gate)
        {
            return
            [
                new(_public, new KeyValuePair<string, object?>("audience", "public")),
                new(_controlRoom, new KeyValuePair<string, object?>("audience", "control-room")),
            ];
        }
    }

    // A home has a whole /64 of IPv6 addresses.
    private static IPAddress Key(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed class Seat(LiveSeats seats, IPAddress key, TailScope scope) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!_left)
                seats.Leave(key, scope);
            _left = true;
        }
    }
}
