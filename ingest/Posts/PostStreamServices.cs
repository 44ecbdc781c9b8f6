using CivicSignals.Duties;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Posts;

/// <summary>Wires the streams of posts.</summary>
internal static class PostStreamServices
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(90); // three pings of Jetstream, six signs of life of Mastodon
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(60);

    /// <summary>
    /// One stream per configured source; none is configured by default. Needs an <see cref="IPostStore"/> where there is one. To be added after
    /// whatever its posts go to, so that it stops before that.
    /// </summary>
    public static void AddPostStreams(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BlueskyOptions>().BindConfiguration("Bluesky").ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BlueskyOptions>, BlueskyOptionsValidator>());
        builder.Services.AddOptions<MastodonOptions>().BindConfiguration("Mastodon").ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MastodonOptions>, MastodonOptionsValidator>());
        builder.Services.TryAddSingleton<PostIntake>();

        if (builder.Configuration["Bluesky:Url"] is { Length: > 0 })
            builder.AddStream((provider, time, log) => new BlueskySource(provider.GetRequiredService<IOptions<BlueskyOptions>>().Value, Idle, time, log));
        var servers = builder.Configuration.GetSection("Mastodon:Servers").GetChildren().Count();
        for (var i = 0; i < servers; i++)
        {
            var index = i;
            builder.AddStream((provider, time, log) =>
                new MastodonSource(provider.GetRequiredService<IOptions<MastodonOptions>>().Value.Servers[index], Idle, time, log));
        }
    }

    private static void AddStream(this IHostApplicationBuilder builder, Func<IServiceProvider, TimeProvider, ILogger, IPostSource> open) =>
        builder.Services.AddSingleton<IHostedService>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var metrics = provider.GetRequiredService<IngestMetrics>();
            var log = provider.GetRequiredService<ILogger<PostStream>>();
            var source = open(provider, time, log);
            var sink = new PostSink(
                source.Stream,
                source.Network,
                provider.GetRequiredService<PostIntake>().AcceptAsync,
                provider.GetRequiredService<PostRecall>().RunAsync,
                provider.GetRequiredService<SignalPipeline>(),
                provider.GetRequiredService<IPostStore>(),
                time,
                metrics);
            return new PostStream(source, sink, new Backoff(Random.Shared, LeastWait, MostWait), provider.GetRequiredService<IDuties>(), time, metrics, log);
        });
}
