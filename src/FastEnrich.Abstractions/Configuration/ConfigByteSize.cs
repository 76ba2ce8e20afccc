using System.Globalization;

namespace FastEnrich;

/// <summary>Reads sizes in bytes as configuration writes them.</summary>
public static class ConfigByteSize
{
    /// <summary>The forms that are read, as a phrase that completes "expected".</summary>
    public const string Forms = "a size such as 65536 (bytes), 64KiB, 512MiB or 1GB";

    private static readonly (string Unit, long Bytes)[] s_units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("B", 1),
    ];

    /// <summary>
    /// Reads a size: <c>65536</c> (bytes), or with <c>KB</c>, <c>MB</c>, <c>GB</c>, <c>TB</c> (powers of 1,000) or <c>KiB</c>, <c>MiB</c>,
    /// <c>GiB</c>, <c>TiB</c> (powers of 1,024), in any case and with a fraction if needed; a fraction of a byte is dropped.
    /// </summary>
    /// <param name="text">The text; space around it is ignored.</param>
    /// <param name="bytes">The size, never negative; zero when the text is not one.</param>
    /// <returns>Whether the text is a size.</returns>
    public static bool TryParse(string? text, out long bytes)
    {
        var span = text.AsSpan().Trim();
        var scale = 1L;
        foreach (var (unit, size) in s_units)
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
