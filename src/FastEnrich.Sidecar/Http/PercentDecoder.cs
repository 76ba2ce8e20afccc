using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace FastEnrich.Sidecar.Http;

/// <summary>Decodes a part of the raw request target exactly once, as strict UTF-8.</summary>
internal static class PercentDecoder
{
    public const string Problem = "a part of the request target is not percent-encoded UTF-8";

    /// <summary>Decodes a part; <paramref name="plusIsSpace"/> is the rule of query strings.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, bool plusIsSpace, out string decoded)
    {
        if (!text.ContainsAny('%', '+') && Ascii.IsValid(text))
        {
            decoded = text.ToString();
            return true;
        }

        decoded = "";
        byte[]? rented = null;
        var bytes = text.Length <= 1024 ? stackalloc byte[1024] : (rented = ArrayPool<byte>.Shared.Rent(text.Length));
        try
        {
            var length = Unescape(text, plusIsSpace, bytes);
            if (length < 0 || !Utf8.IsValid(bytes[..length]))
            {
                return false;
            }

            decoded = Encoding.UTF8.GetString(bytes[..length]);
            return true;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static int Unescape(ReadOnlySpan<char> text, bool plusIsSpace, Span<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%')
            {
                if (i + 2 >= text.Length || !byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[length]))
                {
                    return -1;
                }

                i += 2;
            }
            else if (c > 0x7F)
            {
                return -1; // a target is ASCII
            }
            else
            {
                bytes[length] = plusIsSpace && c == '+' ? (byte)' ' : (byte)c;
            }

            length++;
        }

        return length;
    }
}
