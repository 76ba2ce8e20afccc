using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Invalidation;

/// <summary>A bus over a broker in memory and fake time.</summary>
internal sealed class BusFixture : IAsyncDisposable
{
    public BusFixture(FakeBroker broker, FakeTimeProvider? time = null, UserSeal? seal = null, TimeSpan? disconnectedServing = null)
    {
        Time = time ?? new FakeTimeProvider();
        Commands = broker.Connect();
        Bus = new InvalidationBus(Commands, new ProfileKeys("", seal), Eraser, disconnectedServing ?? TimeSpan.FromSeconds(60), Time, NullLogger.Instance);
    }

    public FakeTimeProvider Time { get; }

    public FakeBusCommands Commands { get; }

    public FakeEraser Eraser { get; } = new();

    public RecordingListener Listener { get; } = new();

    public InvalidationBus Bus { get; }

    /// <summary>Starts and waits until messages arrive.</summary>
    public static async Task<BusFixture> JoinAsync(
        FakeBroker broker, FakeTimeProvider? time = null, UserSeal? seal = null, TimeSpan? disconnectedServing = null)
    {
        var fixture = new BusFixture(broker, time, seal, disconnectedServing);
        fixture.Bus.Start(fixture.Listener);
        await fixture.HearsAsync("disconnected", "connected");
        return fixture;
    }

    /// <summary>Waits until this and nothing else was heard.</summary>
    public async Task HearsAsync(params string[] expected)
    {
        await Eventually.True(() => Listener.Heard.Length >= expected.Length);
        Assert.Equal(expected, Listener.Heard);
    }

    /// <summary>Moves time, tick by tick, until something has happened.</summary>
    public Task MoveUntil(Func<bool> condition) => Eventually.True(() =>
    {
        if (condition())
        {
            return true;
        }

        Time.Advance(TimeSpan.FromMilliseconds(250));
        return false;
    });

    /// <summary>
    /// Moves time, half a second at once, until something has happened, and returns by how much. Before each step the bus has handed on what was put in line after
    /// the last one, so it has looked at every tick, but perhaps for one that came while it was about to.
    /// </summary>
    public async Task<TimeSpan> TimeUntil(Func<bool> condition)
    {
        var start = Time.GetTimestamp();
        while (!condition())
        {
            Assert.True(Time.GetElapsedTime(start) < TimeSpan.FromMinutes(10), "it did not happen within ten minutes");
            Time.Advance(TimeSpan.FromMilliseconds(500));
            var probes = Listener.Probes;
            Bus.Superseded(RecordingListener.Probe, ["crm"]);
            await Eventually.True(() => Listener.Probes > probes || condition());
        }

        return Time.GetElapsedTime(start);
    }

    public ValueTask DisposeAsync() => Bus.DisposeAsync();
}
