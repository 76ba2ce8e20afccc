using System.Collections.Frozen;
using System.Text;

namespace FastEnrich;

internal static class UserIdentities
{
    public const int MaxCount = 16;
    public const int MaxNameBytes = 64;

    public static IReadOnlyDictionary<string, string> None { get; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Copies and checks what a caller says of a user; messages quote nothing of it.</summary>
    public static IReadOnlyDictionary<string, string> Checked(IReadOnlyDictionary<string, string>? identities)
    {
        if (identities is null || identities.Count == 0)
        {
            return None;
        }

        if (identities.Count > MaxCount)
        {
            throw new ArgumentException($"a request has at most {MaxCount} identities", nameof(identities));
        }

        var copy = new Dictionary<string, string>(identities.Count, StringComparer.Ordinal);
        foreach (var (name, value) in identities)
        {
            if (string.IsNullOrEmpty(name) || name.Length > MaxNameBytes || !UserId.IsWellFormed(name) || Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
            {
                throw new ArgumentException($"an identity's name is well-formed text of 1 to {MaxNameBytes} UTF-8 bytes", nameof(identities));
            }

            if (UserId.Validate(value) is not null)
            {
                throw new ArgumentException($"an identity's value is well-formed text of 1 to {UserId.MaxUtf8Bytes} UTF-8 bytes", nameof(identities));
            }

            copy.Add(name, value);
        }

        return copy;
    }
}
