using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>Reads the PEM files that the platform shows to a broker and knows it by.</summary>
internal static class BrokerCertificates
{
    /// <summary>What is wrong with a file, with its key; null: nothing.</summary>
    public static string? Problem(BrokerOptions options)
    {
        if (Try(() => Authority(options)) is { } authority)
            return $"Mqtt:BrokerAuthority: {authority}";
        return options.BrokerKey.Length > 0 && Try(() => Own(options)) is { } own ? $"Mqtt:BrokerCertificate or Mqtt:BrokerKey: {own}" : null;
    }

    /// <summary>The authorities that the broker's certificate must come from; empty: those of the system.</summary>
    /// <exception cref="CryptographicException">The file holds none.</exception>
    public static X509Certificate2Collection Authority(BrokerOptions options)
    {
        var authorities = new X509Certificate2Collection();
        if (options.BrokerAuthority.Length == 0)
            return authorities;
        authorities.ImportFromPemFile(options.BrokerAuthority);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("no certificate in the file");
    }

    /// <summary>The client certificate with its key, then its chain; empty: none.</summary>
    /// <exception cref="CryptographicException">A file does not hold what it should, or the key is not the certificate's.</exception>
    public static X509Certificate2Collection Own(BrokerOptions options)
    {
        var own = new X509Certificate2Collection();
        if (options.BrokerCertificate.Length == 0)
            return own;
        own.ImportFromPemFile(options.BrokerCertificate);
        if (own.Count == 0)
            throw new CryptographicException("no certificate in the file");
        own[0].Dispose();
        own[0] = X509Certificate2.CreateFromPemFile(options.BrokerCertificate, options.BrokerKey);
        return own;
    }

    private static string? Try(Func<X509Certificate2Collection> read)
    {
        try
        {
            foreach (var certificate in read())
                certificate.Dispose();
            return null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.Message;
        }
    }
}
