using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace CivicSignals.Dashboard.Access;

/// <summary>
/// Pseudonyms of people who report without an account or a cookie: a keyed hash of their network and the day. The same network has the same name all
/// day, so that it is one voice; without the key, which never leaves the data folder, the name leads back to nobody, and tomorrow it is another.
/// </summary>
public sealed class ReporterNames(IConfiguration configuration, TimeProvider time)
{
    private const int KeyBytes = 32;
    private const int NameBytes = 12;

    private readonly Lazy<byte[]> _key = new(() => Key(KeyFolder.In(configuration).FullName));

    /// <summary>16 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string Of(IPAddress? address)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
        var seed = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{day}\n{ClientNetwork.Of(address)}"));
        return Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, seed).AsSpan(0, NameBytes));
    }

    private static byte[] Key(string folder)
    {
        var file = Path.Combine(folder, "reporters.key");
        if (File.Exists(file) && File.ReadAllBytes(file) is { Length: KeyBytes } kept)
            return kept;

        // Under another name first: a key that was half written when the power went is none.
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var draft = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(key);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
        return key;
    }
}
