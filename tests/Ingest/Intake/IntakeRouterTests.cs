using CivicSignals.Accounting;
using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Placement;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Ingest.Intake;

public sealed class IntakeRouterTests
{
    private const int Owners = 90;
    private const int Each = 10;

    [Fact]
    public async Task Post_ManyOwners_ReadsEachOnOneSiloInOrder()
    {
        await using var cluster = await IntakeCluster.StartAsync();
        var router = cluster.Silos[0].GetRequiredService<IntakeRouter>();

        var settled = new List<Task<MessageOutcome>>();
        for (var n = 0; n < Each; n++)
        {
            for (var owner = 0; owner < Owners; owner++)
                settled.Add(Post(router, owner, n));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.All(await Task.WhenAll(settled), outcome => Assert.Equal(MessageStatus.Rejected, outcome.Status));
        var read = cluster.Silos.Select(silo => silo.GetRequiredService<DeadLetters>().Newest(DeadLetters.Capacity).Reverse().Select(letter => letter.Topic).ToList()).ToList();
        Assert.All(read, Assert.NotEmpty);
        Assert.All(read, topics => Assert.All(topics.GroupBy(topic => topic.Split('/')[1]), of => Assert.Equal(Enumerable.Range(0, Each).Select(n => Topic(of.Key, n)), of)));
        Assert.Equal(Owners * Each, read.Sum(topics => topics.Count));
    }

    [Fact]
    public async Task Post_ManyOwnersOfOtherSilos_IsOneCallToEach()
    {
        await using var cluster = await IntakeCluster.StartAsync();
        var (time, silo) = (new FakeTimeProvider(), cluster.Silos[0]);
        var router = new IntakeRouter(silo.GetRequiredService<SignalPipeline>(), silo.GetRequiredService<IGrainFactory>(), silo.GetRequiredService<Whereabouts>(), time, NullLogger<IntakeRouter>.Instance);

        var settled = Enumerable.Range(0, Owners).Select(owner => Post(router, owner, 0)).ToList();
        await Patience.Until(() => Task.FromResult(settled.Any(task => task.IsCompleted)), "the own silo took its messages"); // Those of its own silo do not gather.
        Assert.Equal(0, cluster.DeskCalls);
        time.Advance(IntakeRouter.Gathering);
        await Task.WhenAll(settled);

        Assert.Equal(2, cluster.DeskCalls);
    }

    [Fact]
    public async Task Post_WhileASiloDies_IsTakenByTheOthers()
    {
        await using var cluster = await IntakeCluster.StartAsync();
        var router = cluster.Silos[0].GetRequiredService<IntakeRouter>();

        var settled = new List<Task<MessageOutcome>>();
        var dying = Task.CompletedTask;
        for (var n = 0; n < 100; n++)
        {
            if (n == 20)
                dying = cluster.KillLastAsync();
            settled.Add(Post(router, n % Owners, n));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await dying;
        Assert.All(await Task.WhenAll(settled), outcome => Assert.Equal(MessageStatus.Rejected, outcome.Status));
    }

    private static Task<MessageOutcome> Post(IntakeRouter router, int owner, int n)
    {
        var topic = Topic($"gw{owner}", n);
        return router.PostAsync(Share.Of(topic)!.Value, new InboundMessage { Via = "mqtt", Topic = topic, Payload = "{}"u8.ToArray(), ReceivedAt = DateTimeOffset.UnixEpoch });
    }

    private static string Topic(string owner, int n) => $"homes/{owner}/zigbee2mqtt/{n}";
}
