using System.Globalization;

namespace FastEnrich.Redis.Writing;

/// <summary>
/// What a flight was shown when it read, and must show when its result is written: the erase token, the epoch of the generations, and when that was.
/// To the engine it is one opaque text.
/// </summary>
internal readonly record struct WriteTicket(string Token, long Epoch, long ReadAt)
{
    /// <summary>No token of ours is longer, in bytes; a longer one in Redis is not ours.</summary>
    public const int MaxTokenLength = 64;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{ReadAt}:{Token}");

    public static bool TryParse(string text, out WriteTicket ticket)
    {
        ticket = default;
        var span = text.AsSpan();
        var first = span.IndexOf(':');
        var second = first < 0 ? -1 : first + 1 + span[(first + 1)..].IndexOf(':');
        if (second <= first
            || !long.TryParse(span[..first], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var epoch)
            || !long.TryParse(span[(first + 1)..second], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var readAt))
        {
            return false;
        }

        ticket = new(span[(second + 1)..].ToString(), epoch, readAt);
        return true;
    }
}
