using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.ServerTests.Servers;
using FastEnrich.Redis.Tests.Fakes;
using FastEnrich.Redis.Writing;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Store;

/// <summary>The two scripts, as servers run them.</summary>
public abstract class ScriptServerTests(RedisServer server) : IAsyncLifetime
{
    private const string NoToken = "";

    private static readonly long s_now = new DateTime(2026, 7, 1).Ticks;

    private readonly RedisKey _key = $"{RedisServer.NewPrefix()}fe:1:{{u}}";
    private ConnectionMultiplexer? _admin;

    private IDatabase Redis => _admin!.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        server.SkipIfMissing();
        _admin = await server.AdminAsync();
    }

    public ValueTask DisposeAsync() => _admin?.DisposeAsync() ?? default;

    [Fact]
    public async Task Write_OneTickOlder_IsKeptAndOneTickNewerReplaces()
    {
        Assert.Equal("1", await WriteAsync(NoToken, ("a", s_now)));
        Assert.Equal("0", await WriteAsync(NoToken, ("a", s_now - 1)));
        Assert.Equal("2", await WriteAsync(NoToken, ("a", s_now + 1)));
        Assert.Equal(Record(s_now + 1), (byte[]?)await Redis.HashGetAsync(_key, "a"));
    }

    [Theory]
    [InlineData(0x7F, 0x80)]
    [InlineData(0x00, 0xFF)]
    [InlineData(0x0A, 0x0D)]
    [InlineData(0x41, 0x61)]
    public async Task Write_BytesThatTextWouldOrderOtherwise_AreOrderedAsNumbers(byte smaller, byte larger)
    {
        var (older, newer) = ((s_now & ~0xFFL) | smaller, (s_now & ~0xFFL) | larger);

        Assert.Equal("1", await WriteAsync(NoToken, ("a", newer)));
        Assert.Equal("0", await WriteAsync(NoToken, ("a", older)));
    }

    [Fact]
    public async Task Write_OverOneFromAWrongClock_Replaces()
    {
        await WriteAsync(NoToken, ("a", s_now + WriteScript.MaxClockSkew.Ticks + 1));

        Assert.Equal("2", await WriteAsync(NoToken, ("a", s_now)));
        Assert.Equal("2", await WriteAsync(NoToken, ("a", s_now + WriteScript.MaxClockSkew.Ticks)));
        Assert.Equal("0", await WriteAsync(NoToken, ("a", s_now)));
    }

    [Fact]
    public async Task Write_SixtyFourPlugins_IsAnsweredForEach()
    {
        var records = Enumerable.Range(0, 64).Select(static i => ($"p{i}", s_now)).ToArray();
        await WriteAsync(NoToken, records[3], records[60]);

        Assert.Equal(new string('1', 3) + "0" + new string('1', 56) + "0111", await WriteAsync(NoToken, records));
        Assert.Equal(64, await Redis.HashLengthAsync(_key));
    }

    [Fact]
    public async Task Write_AnotherToken_IsRefusedWhole()
    {
        await EraseAsync("t1");

        Assert.Equal("-", await WriteAsync(NoToken, ("a", s_now)));
        Assert.Equal("-", await WriteAsync("t2", ("a", s_now)));
        Assert.Equal("1", await WriteAsync("t1", ("a", s_now)));
        Assert.Equal(2, await Redis.HashLengthAsync(_key));
    }

    [Fact]
    public async Task Write_KeyLife_IsOnlyEverLengthened()
    {
        await WriteAsync(NoToken, TimeSpan.FromHours(2), ("a", s_now));
        await WriteAsync(NoToken, TimeSpan.FromHours(1), ("b", s_now));
        Assert.InRange(await LifeAsync(), TimeSpan.FromHours(1.9), TimeSpan.FromHours(2));

        await WriteAsync(NoToken, TimeSpan.FromHours(3), ("c", s_now));
        Assert.InRange(await LifeAsync(), TimeSpan.FromHours(2.9), TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task Write_KeyThatLivesForEver_GetsAnEnd()
    {
        await Redis.HashSetAsync(_key, "x", "y");

        await WriteAsync(NoToken, TimeSpan.FromHours(1), ("a", s_now));

        Assert.InRange(await LifeAsync(), TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Erase_LeavesTheTokenAloneForAnHour()
    {
        await WriteAsync(NoToken, TimeSpan.FromDays(1), ("a", s_now));

        await EraseAsync("t1");

        Assert.Equal(["!=t1"], (await Redis.HashGetAllAsync(_key)).Select(static entry => $"{entry.Name}={entry.Value}"));
        Assert.InRange(await LifeAsync(), TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Scripts_AnyOrderOfThem_DoWhatTheFakeOfTheFastTestsDoes(int seed)
    {
        var random = new Random(seed);
        var fake = new FakeRedis(TimeProvider.System);
        for (var i = 0; i < 300; i++)
        {
            var (script, arguments) = random.Next(8) == 0
                ? (EraseScript.Text, [$"t{random.Next(3)}", 3_600_000])
                : (WriteScript.Text, Arguments(random.Next(3) == 0 ? NoToken : $"t{random.Next(3)}", TimeSpan.FromHours(1), RandomRecords(random)));

            Assert.Equal((string?)await fake.EvaluateAsync(script, _key, arguments), (string?)await Redis.ScriptEvaluateAsync(script, [_key], arguments));
        }

        Assert.Equal(fake.Fields, (await Redis.HashGetAllAsync(_key)).Select(entry => $"{_key} {entry.Name}").Order(StringComparer.Ordinal));
    }

    private static (string Plugin, long FetchedAt)[] RandomRecords(Random random) =>
        [.. Enumerable.Range(0, 4).Where(_ => random.Next(2) == 0).Append(4).Select(i => ($"p{i}", s_now + (random.Next(-3, 4) * (random.Next(4) == 0 ? WriteScript.MaxClockSkew.Ticks : 1))))];

    private static byte[] Record(long fetchedAt)
    {
        var record = new byte[RecordHeader.Size + 8];
        new RecordHeader(RecordFlags.None, fetchedAt, fetchedAt, fetchedAt, 0).Write(record);
        return record;
    }

    private static RedisValue[] Arguments(string token, TimeSpan life, params (string Plugin, long FetchedAt)[] records) =>
        WriteScript.Arguments(token, s_now, s_now + life.Ticks, [.. records.Select(static record => (record.Plugin, Record(record.FetchedAt)))]);

    private Task<string?> WriteAsync(string token, params (string Plugin, long FetchedAt)[] records) => WriteAsync(token, TimeSpan.FromHours(1), records);

    private async Task<string?> WriteAsync(string token, TimeSpan life, params (string Plugin, long FetchedAt)[] records) =>
        (string?)await Redis.ScriptEvaluateAsync(WriteScript.Text, [_key], Arguments(token, life, records));

    private Task EraseAsync(string token) => Redis.ScriptEvaluateAsync(EraseScript.Text, [_key], [token, (long)EraseScript.TokenLife.TotalMilliseconds]);

    private async Task<TimeSpan> LifeAsync() => (await Redis.KeyTimeToLiveAsync(_key))!.Value;
}
