using CivicSignals.Alerts;
using CivicSignals.Fusion;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.Hosting;

/// <summary>The fusion model and the alert policy: data, so that a number changes without a new program.</summary>
internal static class JudgementWiring
{
    public static void AddJudgement(this IHostApplicationBuilder builder)
    {
        builder.AddSection<JudgementOptions>("Judgement", options => options.Problems());
        builder.Services.AddSingleton(services => Load(services, "ModelFile", options => options.ModelFile, FusionModel.Bundled, json => FusionModel.Parse(json)));
        builder.Services.AddSingleton(services => Load(services, "PolicyFile", options => options.PolicyFile, AlertPolicy.Bundled, json => AlertPolicy.Parse(json)));
    }

    private static T Load<T>(IServiceProvider services, string key, Func<JudgementOptions, string> file, Func<T> bundled, Func<byte[], T> parse)
    {
        var path = file(services.GetRequiredService<IOptions<JudgementOptions>>().Value);
        if (path.Length == 0)
            return bundled();
        try
        {
            return parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Judgement:{key}: {path}: {e.Message}", e);
        }
    }
}
