using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.ServerTests.Servers;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>Who can read Redis learns neither who the users are nor what is known of them.</summary>
public abstract class EncryptionServerTests(RedisServer server) : EngineServerTests(server)
{
    private const string User = "somebody@example.com";
    private const string Value = "a city that nobody else has";

    private readonly RedisEncryption _encryption = new() { IndexKey = NewKey(), Keys = { new("k1", NewKey()) } };

    [Fact]
    public async Task Dump_OfKeysValuesAndMessages_HoldsNoIdAndNoValue()
    {
        var seen = new ConcurrentQueue<byte[]>();
        await Admin.GetSubscriber().SubscribeAsync(RedisChannel.Literal(Prefix + "fe:1:messages"), (_, message) => seen.Enqueue((byte[])message!));
        await using var a = await JoinEncryptedAsync();
        await using var b = await JoinEncryptedAsync();
        await EnrichAndWriteAsync(a);
        Assert.Equal(Value, await b.CityAsync(User));
        a.Crm.Answer = static _ => new(TestPlugin.Found(Value + "!"));
        await a.Manager.RefreshAsync(User);
        await Eventually.True(() => b.Store.Changes > 0);
        await DumpAsync(seen);

        Assert.True((await b.Manager.ForgetAsync(User)).Complete);
        await Eventually.True(() => a.Store.Erasures > 0);
        await DumpAsync(seen);

        Assert.True(seen.Count > 8);
        Assert.All(seen, static bytes => Assert.Equal((-1, -1), (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(User)), bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Value)))));
    }

    [Fact]
    public async Task Read_RecordMovedToAnotherUser_IsAMiss()
    {
        await using var a = await JoinEncryptedAsync();
        await EnrichAndWriteAsync(a);
        var record = await Redis.HashGetAsync(KeyOf(User), "crm");
        await Redis.HashSetAsync(KeyOf("another"), "crm", record);
        a.Crm.Answer = static _ => new(TestPlugin.Found("their own"));

        Assert.Equal("their own", await a.CityAsync("another"));
    }

    [Fact]
    public async Task Read_RecordMovedToAnotherPlugin_IsAMiss()
    {
        await using var a = await JoinEncryptedAsync();
        await EnrichAndWriteAsync(a);
        await Redis.HashSetAsync(KeyOf(User), "social", await Redis.HashGetAsync(KeyOf(User), "crm"));
        await using var b = await JoinEncryptedAsync(null, "crm", "social");

        await b.Manager.EnrichAsync(User);

        Assert.Equal((0, 1), (b.Crm.Calls, b.Plugins["social"].Calls));
    }

    [Fact]
    public async Task Read_RotatedKey_ReadsOldRecordsAndWritesWithTheNewest()
    {
        await using var a = await JoinEncryptedAsync();
        await EnrichAndWriteAsync(a);
        var rotated = new RedisEncryption { IndexKey = _encryption.IndexKey, Keys = { new("k2", NewKey()), _encryption.Keys[0] } };
        await using var b = await JoinEncryptedAsync(rotated);
        Assert.Equal(Value, await b.CityAsync(User));
        Assert.Equal(0, b.Crm.Calls);

        var withoutNewest = await Redis.HashGetAsync(KeyOf(User), "crm");
        b.Crm.Answer = static _ => new(TestPlugin.Found("rotated"));
        await b.Manager.RefreshAsync(User);
        await Eventually.True(async () => await Redis.HashGetAsync(KeyOf(User), "crm") != withoutNewest);

        await using var c = await JoinEncryptedAsync(new RedisEncryption { IndexKey = _encryption.IndexKey, Keys = { rotated.Keys[0] } });
        Assert.Equal("rotated", await c.CityAsync(User));
    }

    [Fact]
    public async Task Read_WithoutTheKey_IsAMiss()
    {
        await using var a = await JoinEncryptedAsync();
        await EnrichAndWriteAsync(a);
        await using var b = await JoinEncryptedAsync(new RedisEncryption { IndexKey = _encryption.IndexKey, Keys = { new("k1", NewKey()) } });

        await b.Manager.EnrichAsync(User);

        Assert.Equal(1, b.Crm.Calls);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private Task<Instance> JoinEncryptedAsync(RedisEncryption? encryption = null, params string[] plugins) =>
        JoinAsync(options => options.Engine.Redis.Encryption = encryption ?? _encryption, plugins);

    private RedisKey KeyOf(string userId) => new ProfileKeys(Prefix, new UserSeal(Convert.FromBase64String(_encryption.IndexKey))).Of(userId);

    private async Task EnrichAndWriteAsync(Instance instance)
    {
        instance.Crm.Answer = static _ => new(TestPlugin.Found(Value));
        await instance.Manager.EnrichAsync(User);
        await Eventually.True(() => Redis.HashExistsAsync(KeyOf(User), "crm"));
    }

    private async Task DumpAsync(ConcurrentQueue<byte[]> seen)
    {
        await foreach (var key in Admin.GetServers()[0].KeysAsync(pattern: Prefix + "*"))
        {
            seen.Enqueue((byte[])key!);
            foreach (var entry in await Redis.HashGetAllAsync(key))
            {
                seen.Enqueue((byte[])entry.Name!);
                seen.Enqueue((byte[])entry.Value!);
            }
        }
    }
}
