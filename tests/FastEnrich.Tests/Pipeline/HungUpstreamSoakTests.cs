using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Pipeline;

public sealed class HungUpstreamSoakTests : IAsyncLifetime
{
    private const int Permits = 8;
    private const int Queue = 64;

    private readonly EngineFixture _engine = new();

    [Fact]
    public async Task EnrichAsync_HundredThousandUsersOfAHungUpstream_HoldsNoMoreThanPermitsAndQueue()
    {
        var crm = _engine.Add(settings: static settings => (settings.MaxConcurrency, settings.QueueCapacity) = (Permits, Queue));
        crm.Answer = static (_, _) => new(new TaskCompletionSource<EnrichmentResult>().Task);
        _engine.Options.Engine.L1.MaxEntries = 100;
        _engine.Options.Engine.Timeout = TimeSpan.FromSeconds(1);

        await Ask(0, 1_000);
        var early = Heap();
        await Ask(1_000, 100_000);
        var late = Heap();

        Assert.True(late <= 1.2 * early, $"the heap grew from {early} to {late} bytes");
    }

    [Fact]
    public async Task Fetch_AnswerAndBudgetRace_EveryCallerIsAnsweredWithItsOwn()
    {
        var answers = new System.Collections.Concurrent.ConcurrentQueue<(TaskCompletionSource<EnrichmentResult> Source, string User)>();
        var crm = _engine.Add(settings: static settings => (settings.MaxConcurrency, settings.FetchTimeout) = (4, TimeSpan.FromMilliseconds(1)));
        crm.Answer = (request, _) =>
        {
            var source = new TaskCompletionSource<EnrichmentResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            answers.Enqueue((source, request.UserId));
            return new(source.Task);
        };
        _engine.Options.Engine.L1.MaxEntries = 100;
        _ = _engine.Manager;

        for (var round = 0; round < 3_000; round++)
        {
            var users = Enumerable.Range(0, 4).Select(i => $"{round}/{i}").ToArray();
            var asking = users.Select(user => _engine.Manager.EnrichAsync(user, new EnrichOptions { Deadline = TimeSpan.FromHours(1) }).AsTask()).ToArray();
            var answering = Task.Run(() =>
            {
                while (asking.Any(static task => !task.IsCompleted))
                {
                    if (answers.TryDequeue(out var answer))
                    {
                        answer.Source.SetResult(Results.Found(answer.User));
                    }
                }
            });
            _engine.Time.Advance(TimeSpan.FromMilliseconds(1));
            var profiles = await Task.WhenAll(asking).WaitAsync(TimeSpan.FromSeconds(30));
            await answering;

            Assert.Equal(users, profiles.Select(static profile => profile.UserId));
            Assert.All(profiles, static profile => Assert.Equal(profile.Merged.Demographics?.City ?? profile.UserId, profile.UserId));
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task Ask(int from, int to)
    {
        var asking = new List<Task>();
        for (var user = from; user < to; user++)
        {
            asking.Add(_engine.Manager.EnrichAsync($"user {user}").AsTask());
            if (asking.Count < 250)
            {
                continue;
            }

            var status = _engine.Manager.Get("crm")!;
            Assert.InRange(asking.Count(static task => !task.IsCompleted), 0, (Permits * 3) + Queue); // three instances at most
            Assert.InRange(status.Running + status.Waiting, 0, (Permits * 3) + Queue);
            _engine.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAll(asking);
            asking.Clear();
        }
    }
}
