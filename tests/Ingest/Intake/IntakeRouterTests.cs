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
            if (n == 0)
                await Task.WhenAll(settled); // Until each silo is known to read.
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.All(await Task.WhenAll(settled), outcome => Assert.Equal(MessageStatus.Rejected, outcome.Status));
        var read = cluster.Silos.Select(silo => silo.GetRequiredService<DeadLetters>().Newest(DeadLetters.Capacity).Reverse().Select(letter => letter.Topic).ToList()).ToList();
        Assert.All(read, Assert.NotEmpty);
        Assert.All(read, topics => Assert.All(topics.GroupBy(topic => topic.Split('/')[1]), of => Assert.Equal(Enumerable.Range(0, Each).Select(n => Topic(of.Key, n)), of)));
        Assert.Equal(Owners * Each, read.Sum(topics => topics.Count));
    }

    [Fact]
    public async Task Post_ManyOwners_IsOneCallToEachSilo()
    {
        await using var cluster = await IntakeCluster.StartAsync();
        var time = new FakeTimeProvider();
        var router = Router(cluster.Silos[0], time);

        var settled = Enumerable.Range(0, Owners).Select(owner => Post(router, owner, 0)).ToList();
        Assert.Equal(0, cluster.DeskCalls);
        time.Advance(IntakeRouter.Gathering);
        await Task.WhenAll(settled);

        Assert.Equal(3, cluster.DeskCalls);
    }

    [Fact]
    public async Task Rehearse_BeforeAnyMessage_AsksEachSiloForNothing()
    {
        await using var cluster = await IntakeCluster.StartAsync();
        await Router(cluster.Silos[0], new FakeTimeProvider()).RehearseAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, cluster.DeskCalls);
        Assert.All(cluster.Silos, silo => Assert.Equal(0, silo.GetRequiredService<MessageAccount>().Read().Received));
    }

    [Fact]
    public async Task Post_NotTaken_ComesAgainBeforeWhatCameMeanwhile()
    {
        await using var cluster = await IntakeCluster.StartAsync();
        var (time, desk) = (new FakeTimeProvider(), new FakeDesk());
        var router = Router(cluster.Silos[0], time, desk.Before);

        var settled = new List<Task<MessageOutcome>> { Post(router, 1, 0) };
        time.Advance(IntakeRouter.Gathering);
        settled.Add(Post(router, 1, 1));
        time.Advance(IntakeRouter.Gathering);
        await Patience.Until(() => Task.FromResult(desk.Calls.Count == 2), "both are under way");
        desk.Answer(1, isTaken: false);
        settled.Add(Post(router, 1, 2));
        time.Advance(IntakeRouter.Gathering);
        desk.Answer(0, isTaken: false);
        await Patience.Until(
            () =>
            {
                time.Advance(IntakeRouter.Gathering);
                return Task.FromResult(desk.Calls.Count == 3);
            },
            "they come again");
        Assert.Equal(Enumerable.Range(0, 3).Select(n => Topic("gw1", n)), desk.Calls[2]);
        desk.Answer(2, isTaken: true);
        await Task.WhenAll(settled);
    }

    [Fact]
    public async Task Post_NeverTaken_FailsInTheEnd()
    {
        await using var cluster = await IntakeCluster.StartAsync();
        var (time, desk) = (new FakeTimeProvider(), new FakeDesk { IsRefusing = true });
        var router = Router(cluster.Silos[0], time, desk.Before);

        var settled = Post(router, 1, 0);
        await Patience.Until(
            () =>
            {
                time.Advance(IntakeRouter.Pause);
                return Task.FromResult(settled.IsCompleted);
            },
            "it is given up");
        Assert.Equal(MessageStatus.Failed, (await settled).Status);
        Assert.Equal(0, cluster.Silos[0].GetRequiredService<SignalPipeline>().Backlog.Count);
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

    private static IntakeRouter Router(IServiceProvider silo, TimeProvider time, Func<IGrainFactory, IGrainFactory>? grains = null)
    {
        var real = silo.GetRequiredService<IGrainFactory>();
        return new(silo.GetRequiredService<SignalPipeline>(), grains?.Invoke(real) ?? real, silo.GetRequiredService<Whereabouts>(), time, NullLogger<IntakeRouter>.Instance);
    }

    private static Task<MessageOutcome> Post(IntakeRouter router, int owner, int n)
    {
        var topic = Topic($"gw{owner}", n);
        return router.PostAsync(Share.Of(topic)!.Value, new InboundMessage { Via = "mqtt", Topic = topic, Payload = "{}"u8.ToArray(), ReceivedAt = DateTimeOffset.UnixEpoch.AddMilliseconds(n) });
    }

    private static string Topic(string owner, int n) => $"homes/{owner}/zigbee2mqtt/{n}";
}
