using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>The entries of a group, numbered from 1 within it.</summary>
internal sealed class EntryColumns
{
    private readonly Column<short> _type = new("smallint");
    private readonly Column<long> _at = new("bigint");
    private readonly Column<string> _area = new("text");
    private readonly Column<string> _incident = new("text");
    private readonly Column<ReadOnlyMemory<byte>> _body = new("bytea");
    private readonly Column<bool> _open = new("boolean");
    private readonly Column<string?> _alert = new("text");
    private readonly Column<int?> _version = new("integer");
    private readonly Column<bool?> _public = new("boolean");
    private readonly Column<string?> _neighbourhood = new("text");
    private readonly Column<bool?> _ended = new("boolean");
    private readonly Column<long> _follows = new("bigint");

    /// <summary>type, at, area, incident, body, open, alert, alert_version, public, neighbourhood, ended, follows.</summary>
    public NpgsqlParameter[] Parameters =>
    [
        _type.Parameter, _at.Parameter, _area.Parameter, _incident.Parameter, _body.Parameter, _open.Parameter, _alert.Parameter, _version.Parameter,
        _public.Parameter, _neighbourhood.Parameter, _ended.Parameter, _follows.Parameter,
    ];

    /// <summary>Adds the next entry.</summary>
    /// <param name="area">Its area.</param>
    /// <param name="entry">What it is.</param>
    /// <param name="follows">Number within the group of the incident's entry before it; 0: it is the incident's first in the group.</param>
    public void Add(string area, LedgerEntry entry, long follows)
    {
        _type.Add((short)entry.Type);
        _at.Add(entry.At.ToUnixTimeMilliseconds());
        _area.Add(area);
        _incident.Add(entry.Incident);
        _body.Add(entry.Body);
        _open.Add(entry.Open);
        _alert.Add(entry.Alert?.Id);
        _version.Add(entry.Alert?.Version);
        _public.Add(entry.Alert?.Public);
        _neighbourhood.Add(entry.Alert?.Neighbourhood);
        _ended.Add(entry.Alert?.Ended);
        _follows.Add(follows);
    }

    public void Clear()
    {
        _type.Clear();
        _at.Clear();
        _area.Clear();
        _incident.Clear();
        _body.Clear();
        _open.Clear();
        _alert.Clear();
        _version.Clear();
        _public.Clear();
        _neighbourhood.Clear();
        _ended.Clear();
        _follows.Clear();
    }
}
