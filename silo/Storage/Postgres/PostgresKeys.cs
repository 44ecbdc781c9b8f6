using System.Xml.Linq;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>The keys that cookies and tokens are sealed with, in the database: what one silo has sealed, each can open.</summary>
public sealed class PostgresKeys(NpgsqlDataSource source) : IXmlRepository
{
    /// <inheritdoc/>
    /// <exception cref="LedgerUnavailableException">The database cannot be read now.</exception>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            using var command = source.CreateCommand("SELECT xml FROM data_protection_key ORDER BY name");
            using var row = command.ExecuteReader();
            var all = new List<XElement>();
            while (row.Read())
                all.Add(XElement.Parse(row.GetString(0)));
            return all;
        }
        catch (NpgsqlException e)
        {
            throw new LedgerUnavailableException("the keys cannot be read", e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LedgerUnavailableException">The database cannot be written now.</exception>
    public void StoreElement(XElement element, string friendlyName)
    {
        try
        {
            using var command = source.CreateCommand("INSERT INTO data_protection_key (name, xml) VALUES (@name, @xml) ON CONFLICT (name) DO UPDATE SET xml = excluded.xml");
            command.Parameters.AddWithValue("name", friendlyName);
            command.Parameters.AddWithValue("xml", element.ToString(SaveOptions.DisableFormatting));
            command.ExecuteNonQuery();
        }
        catch (NpgsqlException e)
        {
            throw new LedgerUnavailableException("the keys cannot be written", e);
        }
    }
}
