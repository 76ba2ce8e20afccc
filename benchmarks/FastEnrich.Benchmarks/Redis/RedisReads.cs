using System.Buffers;
using FastEnrich.Caching;
using RESPite.Messages;
using StackExchange.Redis;

namespace FastEnrich.Benchmarks.Redis;

/// <summary>The ways to read five plugins' results of one user. All of them hand over the bytes; none decodes JSON.</summary>
internal sealed class RedisReads(IDatabase database, RedisKey[] hashes, RedisKey[] packed, string[] users, string[] plugins)
{
    private readonly RedisValue[] _fields = [.. plugins.Select(static plugin => (RedisValue)plugin), "!"];

    public async ValueTask<int> HashGetAll(int user)
    {
        var found = 0;
        foreach (var entry in await database.HashGetAllAsync(hashes[user % hashes.Length]).ConfigureAwait(false))
        {
            found += ((ReadOnlyMemory<byte>)entry.Value).Length > 0 ? 1 : 0;
        }

        return found;
    }

    public async ValueTask<int> HashGet(int user)
    {
        var found = 0;
        foreach (var value in await database.HashGetAsync(hashes[user % hashes.Length], _fields).ConfigureAwait(false))
        {
            found += !value.IsNull && ((ReadOnlyMemory<byte>)value).Length > 0 ? 1 : 0;
        }

        return found;
    }

    public async ValueTask<int> HashGetResp(int user)
    {
        var arguments = ArrayPool<RedisKeyOrValue>.Shared.Rent(_fields.Length + 1);
        arguments[0] = hashes[user % hashes.Length];
        for (var i = 0; i < _fields.Length; i++)
        {
            arguments[i + 1] = _fields[i];
        }

        var pending = database.ExecuteRespAsync("HMGET", arguments.AsMemory(0, _fields.Length + 1));
        ArrayPool<RedisKeyOrValue>.Shared.Return(arguments); // the arguments are copied
        using var result = await pending.ConfigureAwait(false);
        return Keep(result);
    }

    public async ValueTask<int> Packed(int user)
    {
        var value = await database.StringGetAsync(packed[user % packed.Length]).ConfigureAwait(false);
        return ((ReadOnlyMemory<byte>)value).Length > 0 ? plugins.Length : 0;
    }

    /// <summary>The tier, with all that it does for a read: cap, breaker, check of each record, erase token.</summary>
    public Func<int, ValueTask<int>> Tier(IProfileStore store) => async user =>
    {
        var found = 0;
        foreach (var slot in (await store.ReadAsync(users[user % users.Length], plugins, CancellationToken.None).ConfigureAwait(false)).Slots)
        {
            found += slot is { Found: true } ? 1 : 0;
        }

        return found;
    };

    private static int Keep(RespResult result)
    {
        var found = 0;
        var children = result.Read().AggregateChildren();
        while (children.MoveNext())
        {
            if (!children.Value.IsNull)
            {
                found += children.Value.ReadByteArray() is { Length: > 0 } ? 1 : 0; // kept, as a slot keeps it
            }
        }

        return found;
    }
}
