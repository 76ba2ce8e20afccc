using System.Text;

namespace FastEnrich.Redis.Records;

/// <summary>Texts that nearly all records share, made once: the data versions of the plugins.</summary>
internal sealed class RecentTexts
{
    private const int MaxLength = 64;

    private readonly string?[] _texts = new string?[64]; // a place per plugin; two that share one take turns

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxLength)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var place = ref _texts[((utf8[0] * 31) + (utf8[utf8.Length / 2] * 7) + utf8[^1]) % _texts.Length];
        if (Volatile.Read(ref place) is { } known && Ascii.Equals(utf8, known))
        {
            return known;
        }

        var text = Encoding.UTF8.GetString(utf8);
        Volatile.Write(ref place, text);
        return text;
    }
}
