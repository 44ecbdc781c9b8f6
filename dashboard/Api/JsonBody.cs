using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Api;

/// <summary>Reads request bodies, bounded.</summary>
internal static class JsonBody
{
    private const int MostBytes = 16 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new ConsentsConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The body as a small JSON object, or null when it is none.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, CancellationToken cancellation, int most = MostBytes)
        where T : class
    {
        if (!request.HasJsonContentType() || await BytesAsync(request, most, cancellation) is not { } body)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The body, or null when it is larger than allowed.</summary>
    public static async Task<ReadOnlyMemory<byte>?> BytesAsync(HttpRequest request, int most, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var part = new byte[Math.Min(most + 1, 64 * 1024)];
        for (int read; (read = await request.Body.ReadAsync(part, cancellation)) > 0;)
        {
            if (buffer.Length + read > most)
                return null;
            buffer.Write(part, 0, read);
        }

        return buffer.ToArray();
    }
}
