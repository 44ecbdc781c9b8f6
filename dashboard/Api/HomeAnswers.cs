using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Api;

/// <summary>What the API answers about homes.</summary>
internal static class HomeAnswers
{
    public static readonly IResult NoHome = Problems.NotFound("No home has that gateway.");

    public static IResult Of(Home? home) => home is null ? NoHome : Of(home, HomeJson.Lines.Home);

    public static IResult Of<T>(T answer, JsonTypeInfo<T> type) => TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(answer, type), "application/json");
}
