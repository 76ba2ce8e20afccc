using FastEnrich.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Tests.Caching;

public sealed class EngineClockTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EngineClock _clock;

    public EngineClockTests() => _clock = new EngineClock(_time);

    [Fact]
    public void Add_EarlierDeadlineAfterALaterOne_IsKeptExactly()
    {
        var order = new List<string>();
        Add("late", 50, order);
        Add("early", 10, order);
        var removed = Add("removed", 20, order);
        _clock.Remove(removed);

        _time.Advance(TimeSpan.FromMilliseconds(10) - TimeSpan.FromTicks(1));
        Assert.Empty(order);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["early"], order);
        _time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.Equal(["early", "late"], order);
    }

    [Fact]
    public void Require_ListenerWithABudget_IsCalledAtItAndAgainAtTheNext()
    {
        var listener = new Listener();
        _clock.Subscribe(listener);
        listener.Next = Mono(5);
        _clock.Require(listener.Next);

        _time.Advance(TimeSpan.FromMilliseconds(4));
        Assert.Empty(listener.Ticks);
        listener.Next = Mono(3); // at 7 ms
        _time.Advance(TimeSpan.FromMilliseconds(1));
        listener.Next = long.MaxValue;
        _time.Advance(TimeSpan.FromMilliseconds(2));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(2, listener.Ticks.Count);
    }

    [Fact]
    public void Add_WhileItsCallerExpiresAnother_IsNotLost()
    {
        var order = new List<string>();
        _clock.Add(new Node(Mono(1), () => Add("second", 1, order)));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(order);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["second"], order);
    }

    [Fact]
    public async Task Add_OnTheSystemClockFromManyThreads_LosesNoDeadline()
    {
        using var clock = new EngineClock(TimeProvider.System);
        var waiting = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 40; i++)
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var due = clock.Mono + random.Next(12 * (int)TimeSpan.TicksPerMillisecond);
                clock.Add(new Node(due, done.SetResult));
                await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
                Assert.True(clock.Mono >= due);
            }
        }));

        await Task.WhenAll(waiting);
    }

    [Fact]
    public void UtcTicks_OnTheSystemClock_FollowsIt()
    {
        using var clock = new EngineClock(TimeProvider.System);

        Assert.InRange(clock.UtcTicks - TimeProvider.System.GetUtcNow().UtcTicks, -TimeSpan.TicksPerSecond * 30, TimeSpan.TicksPerSecond);
    }

    public void Dispose() => _clock.Dispose();

    private long Mono(int milliseconds) => _clock.Mono + (milliseconds * TimeSpan.TicksPerMillisecond);

    private Node Add(string name, int milliseconds, List<string> order)
    {
        var node = new Node(Mono(milliseconds), () => order.Add(name));
        _clock.Add(node);
        return node;
    }

    private sealed class Node : DeadlineNode
    {
        private readonly Action _expired;

        public Node(long due, Action expired) => (Due, _expired) = (due, expired);

        public override void Expire(int version) => _expired();
    }

    private sealed class Listener : IClockListener
    {
        public long Next { get; set; } = long.MaxValue;

        public List<long> Ticks { get; } = [];

        public long OnTick(long mono)
        {
            Ticks.Add(mono);
            return Next > mono ? Next : long.MaxValue;
        }
    }
}
