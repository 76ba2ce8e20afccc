using System.Text;

namespace FastEnrich;

/// <summary>The rule for user ids: 1 to 512 UTF-8 bytes of well-formed text, compared ordinally, never normalised; control characters are allowed.</summary>
public static class UserId
{
    /// <summary>The largest id, in UTF-8 bytes.</summary>
    public const int MaxUtf8Bytes = 512;

    /// <summary>Says what is wrong with an id.</summary>
    /// <param name="userId">The id.</param>
    /// <returns>What is wrong, without quoting the id; <see langword="null"/> when nothing is.</returns>
    public static string? Validate(string? userId)
    {
        if (string.IsNullOrEmpty(userId))
        {
            return "a user id must not be empty";
        }

        if (userId.Length > MaxUtf8Bytes || Encoding.UTF8.GetByteCount(userId) > MaxUtf8Bytes)
        {
            return $"a user id has at most {MaxUtf8Bytes} UTF-8 bytes";
        }

        return IsWellFormed(userId) ? null : "a user id must be well-formed Unicode, without lone surrogates";
    }

    internal static void ThrowIfInvalid(string? userId)
    {
        if (Validate(userId) is { } problem)
        {
            throw new ArgumentException(problem, nameof(userId));
        }
    }

    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
