using System.Text.Json;

namespace FastEnrich;

/// <summary>Where a profile's JSON is cut to put the results by plugin in, or to leave them out.</summary>
internal sealed class WireCuts(int plugins)
{
    private readonly int[] _values = new int[plugins];

    /// <summary>The position before each plugin's value; one placeholder byte stands there.</summary>
    public ReadOnlySpan<int> Values => _values;

    /// <summary>Where the comma before the results stands.</summary>
    public int Start { get; private set; }

    /// <summary>Where the comma after the results stands.</summary>
    public int End { get; private set; }

    public void MarkStart(Utf8JsonWriter writer) => Start = Position(writer);

    public void MarkEnd(Utf8JsonWriter writer) => End = Position(writer);

    public void MarkValue(Utf8JsonWriter writer, int index)
    {
        _values[index] = Position(writer);
        writer.WriteNumberValue(0);
    }

    private static int Position(Utf8JsonWriter writer) => checked((int)(writer.BytesCommitted + writer.BytesPending));
}
