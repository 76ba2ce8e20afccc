using System.Text;
using StackExchange.Redis;

namespace FastEnrich.Redis.Keys;

/// <summary>The names of everything in Redis. With a <see cref="UserSeal"/> no user id is readable in any of them, nor in a message.</summary>
internal sealed class ProfileKeys(string prefix, UserSeal? seal = null)
{
    /// <summary>The field that holds a user's erase token; no plugin can have this name.</summary>
    public static readonly RedisValue TokenField = "!"u8.ToArray();

    private readonly string _prefix = prefix + "fe:1:{"; // 1 is the version of everything below it

    /// <summary>Gets the channel of all messages; published to one node of a cluster, it reaches the subscribers of all.</summary>
    public RedisChannel Channel { get; } = RedisChannel.Literal(prefix + "fe:1:messages");

    /// <summary>Gets the hash of the plugins' generations. It has no braces, so no user's key is like it.</summary>
    public RedisKey Generations { get; } = prefix + "fe:1:generations";

    /// <summary>The hash of one user. The braces make it one cluster slot; the prefix has none.</summary>
    public RedisKey Of(string userId) => string.Concat(_prefix, seal is null ? userId : seal.Hash(userId), "}");

    /// <summary>What stands for a user in a message.</summary>
    public byte[] Refer(string userId) => seal is null ? Encoding.UTF8.GetBytes(userId) : seal.Seal(userId);

    /// <summary>The user that a message means; <see langword="null"/> for what no instance with these keys wrote.</summary>
    public string? Resolve(ReadOnlySpan<byte> reference)
    {
        if (seal is not null)
        {
            return seal.TryOpen(reference);
        }

        try
        {
            var userId = s_strict.GetString(reference);
            return UserId.Validate(userId) is null ? userId : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
