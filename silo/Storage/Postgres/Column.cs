using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>A parameter that carries a column of many rows, as an array; used again for every group.</summary>
internal sealed class Column<T>
{
    private readonly List<T> _values = [];

    /// <param name="type">PostgreSQL's type of one value.</param>
    public Column(string type) => Parameter = new NpgsqlParameter<List<T>> { DataTypeName = $"{type}[]", TypedValue = _values };

    public NpgsqlParameter Parameter { get; }

    public void Add(T value) => _values.Add(value);

    public void Clear() => _values.Clear();
}
