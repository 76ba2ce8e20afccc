using FastEnrich.Caching;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Encryption;
using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Reading;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Telemetry;
using FastEnrich.Redis.Tests.Invalidation;
using FastEnrich.Redis.Writing;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>A tier over a Redis in memory, with fake time and its counters to look at.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    public const int MaxReads = 4;
    public const int QueueCapacity = 16;
    public const int MaxRecordBytes = 1024;

    private readonly RedisTelemetry _telemetry;
    private int _enqueued;

    public StoreFixture(RecordCipher? cipher = null, UserSeal? seal = null)
    {
        _telemetry = new RedisTelemetry(Counts);
        var codec = new RecordCodec(MaxRecordBytes, cipher);
        Redis = new FakeRedis(Time);
        Keys = new ProfileKeys("", seal);
        Breakers = new RedisBreakers(Time);
        Eraser = new ProfileEraser(Redis, Keys, _telemetry, Logger);
        Reader = new ProfileReader(Redis, Breakers, Keys, codec, Bus, MaxReads, Time, _telemetry);
        Writer = new ProfileWriter(Redis, new RecordSender(Redis, Keys, codec, Bus, Time, _telemetry), Bus, QueueCapacity, Time, _telemetry, Logger);
    }

    public WatchedTime Time { get; } = new(Slots.Now);

    public CapturingLogger Logger { get; } = new();

    public OneMeter Counts { get; } = new();

    public FakeBus Bus { get; } = new();

    public FakeRedis Redis { get; }

    public ProfileKeys Keys { get; }

    public RedisBreakers Breakers { get; }

    public ProfileEraser Eraser { get; }

    public ProfileReader Reader { get; }

    public ProfileWriter Writer { get; }

    /// <summary>The pieces as a whole, with a connection that is never made.</summary>
    public RedisProfileStore CreateStore() =>
        new(new RedisLink(new ConfigurationOptions(), Time, _telemetry, Logger), Reader, Writer, Eraser, Bus, _telemetry);

    public ValueTask<StoredProfile> ReadAsync(string userId, params string[] plugins) =>
        Reader.ReadAsync(userId, plugins.Length == 0 ? ["hubspot"] : plugins, CancellationToken.None);

    /// <summary>What a read of this moment would allow for a user that was never erased.</summary>
    public EraseToken Unerased => new WriteTicket("", 0, Time.GetTimestamp());

    public async Task<EraseToken> TokenAsync(string userId) => (await ReadAsync(userId)).EraseToken!;

    public bool Enqueue(string userId, EraseToken token, StoredSlot slot)
    {
        _enqueued++;
        return Writer.TryEnqueue(userId, token, slot);
    }

    /// <summary>Reads and writes as a flight does.</summary>
    public async Task WriteAsync(string userId, params StoredSlot[] slots)
    {
        var token = await TokenAsync(userId);
        foreach (var slot in slots)
        {
            Assert.True(Enqueue(userId, token, slot));
        }

        await WrittenAsync();
    }

    /// <summary>Waits until it is known what became of every record.</summary>
    public Task WrittenAsync() => Eventually.True(() => Counts.Sum("fastenrich.redis.writes") == _enqueued);

    /// <summary>Waits for what happens on another thread, moving time when somebody waits for it.</summary>
    public Task AsTimeGoesOn(Func<bool> condition) => Eventually.True(() =>
    {
        Time.GoOn();
        return condition();
    });

    /// <summary>Ends the writer, which may be resting.</summary>
    public async Task StopAsync()
    {
        var stopping = Writer.DisposeAsync().AsTask();
        await AsTimeGoesOn(() => stopping.IsCompleted);
        await stopping;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Counts.Dispose();
    }
}
