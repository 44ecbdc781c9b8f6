using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

public sealed class BacklogTests
{
    [Fact]
    public async Task WaitForRoomAsync_Full_CompletesWhenOneLeaves()
    {
        var backlog = new Backlog(2);
        backlog.Enter();
        Assert.True(backlog.WaitForRoomAsync().IsCompleted);
        backlog.Enter();
        var room = backlog.WaitForRoomAsync();
        Assert.False(room.IsCompleted);

        backlog.Leave();

        await room.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WaitUntilEmptyAsync_CompletesWithTheLast()
    {
        var backlog = new Backlog(10);
        Assert.True(backlog.WaitUntilEmptyAsync().IsCompleted);
        backlog.Enter();
        backlog.Enter();
        var empty = backlog.WaitUntilEmptyAsync();
        backlog.Leave();
        Assert.False(empty.IsCompleted);

        backlog.Leave();

        await empty.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
    }
}
