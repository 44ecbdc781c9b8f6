using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace CivicSignals.Tests.Documents;

/// <summary>The document of the whole platform, against the platform.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    private RunningPlatform _platform = null!;
    private ReadResult _read = null!;

    private OpenApiDocument Document => _read.Document!;

    public async ValueTask InitializeAsync()
    {
        _platform = await RunningPlatform.StartAsync();
        _read = OpenApiDocument.Parse(await _platform.Http.GetStringAsync("/openapi.json"), "json");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public void Document_ByItsReader_IsValid()
    {
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, _read.Diagnostic!.SpecificationVersion);
        Assert.Empty(_read.Diagnostic.Errors.Select(error => $"{error.Pointer} {error.Message}"));
        Assert.Empty(_read.Diagnostic.Warnings.Select(warning => $"{warning.Pointer} {warning.Message}"));
    }

    [Fact]
    public void Document_EveryEndpointForMachines_IsInIt()
    {
        var mapped = _platform.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => IsForMachines(endpoint.RoutePattern.RawText!))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods, (endpoint, method) => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}")
            .ToList();
        Assert.True(mapped.Count > 30, $"only {mapped.Count} endpoints");
        Assert.Empty(mapped.Except(Operations().Select(operation => $"{operation.Method} {operation.Path}")));
    }

    [Fact]
    public void Document_EveryOperation_SaysWhatItIsForWhom()
    {
        Assert.All(Operations(), operation =>
        {
            Assert.False(string.IsNullOrEmpty(operation.Is.Summary), operation.Path);
            Assert.NotEmpty(operation.Is.Tags!);
            Assert.Contains(operation.Is.Responses!, response => response.Key[0] is '2' or '3');
            Assert.Matches(@"For (everyone|operators|control rooms and operators|the home's people)\.$", operation.Is.Description);
            var inPath = operation.Path.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]);
            Assert.Equal(inPath, (operation.Is.Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Path).Select(parameter => parameter.Name));
        });
        Assert.Equal(["gateway"], Schemes("/api/scaip/{gateway}", HttpMethod.Post));
        Assert.Equal(["bearer", "session"], Schemes("/api/incidents", HttpMethod.Get));
        Assert.Equal(["resident"], Schemes("/api/home", HttpMethod.Delete));
        Assert.Empty(Schemes("/api/alerts.geojson", HttpMethod.Get));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Roles.ControlRoom)]
    [InlineData(Roles.Operator)]
    public async Task Operation_Called_AnswersWithAStatusOfTheDocument(string? role)
    {
        foreach (var (path, method, operation) in Operations())
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{slug}", "nowhere", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal).Replace("{gateway}", "nobody", StringComparison.Ordinal));
            if (method is "POST" or "PUT")
                request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            if (role is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _platform.App.Services.GetRequiredService<AccessTokens>().Issue("robot", [role]));

            using var answer = await _platform.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

            var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
            Assert.True(operation.Responses!.ContainsKey(status), $"{method} {path} answers {status}, which is not in the document");
            if (status == "404" && method != "HEAD")
                Assert.DoesNotContain("There is nothing", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AsyncApi_IsServedBesideIt()
    {
        using var answer = await _platform.Http.GetAsync("/asyncapi.json", TestContext.Current.CancellationToken);
        var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("3.0.0", document.RootElement.GetProperty("asyncapi").GetString());
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    private static bool IsForMachines(string path) =>
        (path.StartsWith("/api/", StringComparison.Ordinal) && !path.Contains("**", StringComparison.Ordinal))
        || path is "/openapi.json" or "/asyncapi.json" || path.EndsWith(".cap", StringComparison.Ordinal) || path.EndsWith(".atom", StringComparison.Ordinal);

    private IEnumerable<(string Path, string Method, OpenApiOperation Is)> Operations() =>
        Document.Paths.SelectMany(path => path.Value.Operations!, (path, operation) => (path.Key, operation.Key.Method, operation.Value));

    private IEnumerable<string?> Schemes(string path, HttpMethod method) =>
        (Document.Paths[path].Operations![method].Security ?? []).SelectMany(requirement => requirement.Keys).Select(scheme => scheme.Reference.Id);
}
