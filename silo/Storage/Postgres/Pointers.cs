using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Which entries of a group its incidents and alerts stand at after it, by numbers within the group.</summary>
internal sealed class Pointers
{
    private readonly Dictionary<string, IncidentPointer> _incidents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Number, LedgerEntry Entry)> _alerts = new(StringComparer.Ordinal);
    private readonly Column<string> _incident = new("text");
    private readonly Column<string> _area = new("text");
    private readonly Column<long?> _line = new("bigint");
    private readonly Column<long> _last = new("bigint");
    private readonly Column<bool> _open = new("boolean");
    private readonly Column<string> _alert = new("text");
    private readonly Column<long> _number = new("bigint");
    private readonly Column<long> _at = new("bigint");
    private readonly Column<bool> _public = new("boolean");
    private readonly Column<string?> _neighbourhood = new("text");
    private readonly Column<bool> _ended = new("boolean");

    /// <summary>Incidents: id, area, line, last, open.</summary>
    public NpgsqlParameter[] Incidents => [_incident.Parameter, _area.Parameter, _line.Parameter, _last.Parameter, _open.Parameter];

    /// <summary>The newest version of each alert: id, number, at, public, neighbourhood, ended.</summary>
    public NpgsqlParameter[] Alerts => [_alert.Parameter, _number.Parameter, _at.Parameter, _public.Parameter, _neighbourhood.Parameter, _ended.Parameter];

    /// <summary>Takes the next entry.</summary>
    /// <returns>Number of the incident's entry before it; 0: it is the incident's first in the group.</returns>
    public long Take(string area, LedgerEntry entry, long number)
    {
        var before = _incidents.GetValueOrDefault(entry.Incident);
        var isLine = entry.Type == EntryType.Incident;

        // Open until a line says otherwise: so it is begun by what is no line, and left as it is by what comes later. An action opens nothing.
        _incidents[entry.Incident] = new(area, isLine ? number : before?.Line, number, isLine ? entry.Open : before?.Open ?? entry.Type != EntryType.Action);
        if (entry.Alert is { } alert)
            _alerts[alert.Id] = (number, entry);
        return before?.Last ?? 0;
    }

    /// <summary>Fills the parameters with what was taken.</summary>
    public void Fill()
    {
        foreach (var (id, pointer) in _incidents)
        {
            _incident.Add(id);
            _area.Add(pointer.Area);
            _line.Add(pointer.Line);
            _last.Add(pointer.Last);
            _open.Add(pointer.Open);
        }

        foreach (var (id, (number, entry)) in _alerts)
        {
            _alert.Add(id);
            _number.Add(number);
            _at.Add(entry.At.ToUnixTimeMilliseconds());
            _public.Add(entry.Alert!.Public);
            _neighbourhood.Add(entry.Alert.Neighbourhood);
            _ended.Add(entry.Alert.Ended);
        }
    }

    public void Clear()
    {
        _incidents.Clear();
        _alerts.Clear();
        _incident.Clear();
        _area.Clear();
        _line.Clear();
        _last.Clear();
        _open.Clear();
        _alert.Clear();
        _number.Clear();
        _at.Clear();
        _public.Clear();
        _neighbourhood.Clear();
        _ended.Clear();
    }

    private sealed record IncidentPointer(string Area, long? Line, long Last, bool Open);
}
