using System.Globalization;

namespace FastEnrich.Configuration;

/// <summary>Reads sizes as configuration writes them: <c>65536</c> (bytes), <c>64KiB</c>, <c>512MiB</c>, <c>1GB</c>.</summary>
internal static class ByteSize
{
    public const string Forms = "a size such as 65536 (bytes), 64KiB, 512MiB or 1GB";

    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("B", 1),
    ];

    public static bool TryParse(string text, out long bytes)
    {
        var span = text.AsSpan().Trim();
        var scale = 1L;
        foreach (var (unit, size) in Units)
        {
            if (span.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                span = span[..^unit.Length].TrimEnd();
                scale = size;
                break;
            }
        }

        bytes = 0;
        if (!decimal.TryParse(span, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / scale)
        {
            return false;
        }

        bytes = (long)(number * scale);
        return true;
    }
}
