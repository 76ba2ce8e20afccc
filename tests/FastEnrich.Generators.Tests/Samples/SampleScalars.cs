using System.Text.Json;

namespace FastEnrich.Generators.Tests.Samples;

public sealed class SampleScalars
{
    public bool Bool { get; set; }

    public byte Byte { get; set; }

    public sbyte SByte { get; set; }

    public short Short { get; set; }

    public ushort UShort { get; set; }

    public uint UInt { get; set; }

    public long Long { get; set; }

    public ulong ULong { get; set; }

    public Int128 Huge { get; set; }

    public Half Half { get; set; }

    public float Float { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public char Char { get; set; } = 'c';

    public byte[]? Bytes { get; set; }

    public DateTime DateTime { get; set; }

    public DateTimeOffset Offset { get; set; }

    public DateOnly Date { get; set; }

    public TimeOnly Time { get; set; }

    public TimeSpan Span { get; set; }

    public Guid Guid { get; set; }

    public Uri? Uri { get; set; }

    public JsonElement Element { get; set; } = JsonDocument.Parse("{}").RootElement;

    public int? Nullable { get; set; }
}
