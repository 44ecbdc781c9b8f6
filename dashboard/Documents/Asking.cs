using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace CivicSignals.Dashboard.Documents;

/// <summary>Describes what handlers read from a request by hand.</summary>
internal static class Asking
{
    /// <summary>A query parameter that is <c>true</c> or <c>false</c>.</summary>
    public static T AsksFlag<T>(this T route, string name, string about)
        where T : IEndpointConventionBuilder => route.Asks(name, ParameterLocation.Query, about, new OpenApiSchema { Type = JsonSchemaType.Boolean });

    /// <summary>A query parameter that is a time.</summary>
    public static T AsksTime<T>(this T route, string name, string about)
        where T : IEndpointConventionBuilder =>
        route.Asks(name, ParameterLocation.Query, about, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });

    /// <summary>A query parameter that is a whole number in a range.</summary>
    public static T AsksNumber<T>(this T route, string name, long lowest, long highest, string about)
        where T : IEndpointConventionBuilder => route.Asks(name, ParameterLocation.Query, about, Whole(lowest, highest));

    /// <summary>A query parameter that is any text.</summary>
    public static T AsksText<T>(this T route, string name, string about, string? pattern = null)
        where T : IEndpointConventionBuilder =>
        route.Asks(name, ParameterLocation.Query, about, new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern });

    /// <summary>A part of the path that the handler does not name.</summary>
    public static T AsksPath<T>(this T route, string name, string about)
        where T : IEndpointConventionBuilder => route.Asks(name, ParameterLocation.Path, about, new OpenApiSchema { Type = JsonSchemaType.String });

    /// <summary>Where a stream is to go on, as the header or, for those who cannot send one, in the query.</summary>
    public static T AsksResumePoint<T>(this T route)
        where T : IEndpointConventionBuilder => route
        .Asks("Last-Event-ID", ParameterLocation.Header, "Id of the last event that was seen; 0: all that is kept. Absent: what is new.", Whole(0, long.MaxValue))
        .Asks("lastEventId", ParameterLocation.Query, "The same, where no header can be sent. The header wins.", Whole(0, long.MaxValue));

    /// <summary>
    /// A body of that shape. The framework's own <c>Accepts</c> would also turn away, unexplained, what handlers refuse with a reason.
    /// </summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, string contentType = "application/json") =>
        route.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var document = context.Document!;
            document.AddComponent(typeof(T).Name, await context.GetOrCreateSchemaAsync(typeof(T), null, cancellation));
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [contentType] = new() { Schema = new OpenApiSchemaReference(typeof(T).Name, document) } },
            };
        });

    /// <summary>A body may be text of that type too.</summary>
    public static RouteHandlerBuilder TakesTextToo(this RouteHandlerBuilder route, string contentType, string about) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody!.Content![contentType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = about } };
            return Task.CompletedTask;
        });

    private static OpenApiSchema Whole(long lowest, long highest) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = lowest.ToString(CultureInfo.InvariantCulture),
        Maximum = highest.ToString(CultureInfo.InvariantCulture),
    };

    private static T Asks<T>(this T route, string name, ParameterLocation place, string about, OpenApiSchema schema)
        where T : IEndpointConventionBuilder => route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = place, Description = about, Required = place == ParameterLocation.Path, Schema = schema });
            return Task.CompletedTask;
        });
}
