using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>Who waits for the second tier goes on where its answer arrives, and never on the thread of a caller who is still about to be answered.</summary>
public sealed class SecondTierThreadTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();

    public SecondTierThreadTests()
    {
        _engine.Store = _store;
        _engine.Add("crm");
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task EnrichAsync_TheTierAnswersOnAThread_TheCallerGoesOnThereAndOthersOnThePool()
    {
        var answer = new TaskCompletionSource();
        _store.BeforeRead = _ => answer.Task;
        var first = Continue();
        var second = Continue();
        await Eventually.True(() => _store.Reads == 1);
        var answering = 0;
        new Thread(() =>
        {
            answering = Environment.CurrentManagedThreadId;
            answer.SetResult();
        }).Start();

        int[] threads = [await first, await second];

        Assert.Single(threads, thread => thread == answering);
        Assert.Equal(1, _store.Reads);
    }

    [Fact]
    public async Task EnrichAsync_TheTierAnswersAtOnce_NobodyElseGoesOnBelowTheCall()
    {
        Task<int>? joined = null;
        _store.BeforeRead = _ =>
        {
            joined ??= Continue(); // joins the fetch that is about to be answered
            return Task.CompletedTask;
        };

        var calling = 0;
        var isAnswered = false;
        var caller = new Thread(() =>
        {
            calling = Environment.CurrentManagedThreadId;
            isAnswered = _engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully;
            ((IAsyncResult)joined!).AsyncWaitHandle.WaitOne(); // so that no other work gets this thread's id
        });
        caller.Start();
        caller.Join();

        Assert.NotEqual(calling, await joined!);
        Assert.True(isAnswered);
        Assert.Equal(1, _store.Reads);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Enriches, and returns the thread on which the caller went on.</summary>
    private async Task<int> Continue()
    {
        await _engine.Manager.EnrichAsync("u1").ConfigureAwait(false);
        return Environment.CurrentManagedThreadId;
    }
}
