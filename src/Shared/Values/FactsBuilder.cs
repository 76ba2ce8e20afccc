using System.Buffers;
using System.Text.Json;

namespace FastEnrich.Plugins.Values;

/// <summary>Collects named facts of different types into one document that all their values share. Not thread-safe.</summary>
internal sealed class FactsBuilder
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly Utf8JsonWriter _writer;

    public FactsBuilder()
    {
        _writer = new Utf8JsonWriter(_buffer);
        _writer.WriteStartObject();
    }

    public void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _writer.WriteString(name, value);
        }
    }

    public void Add(string name, long? value)
    {
        if (value is { } number)
        {
            _writer.WriteNumber(name, number);
        }
    }

    public void Add(string name, decimal? value)
    {
        if (value is { } number)
        {
            _writer.WriteNumber(name, number);
        }
    }

    public void Add(string name, bool? value)
    {
        if (value is { } flag)
        {
            _writer.WriteBoolean(name, flag);
        }
    }

    /// <summary>Adds a fact that is a list or an object.</summary>
    /// <param name="name">The fact's name.</param>
    /// <param name="write">Writes exactly one value.</param>
    public void Add(string name, Action<Utf8JsonWriter> write)
    {
        _writer.WritePropertyName(name);
        write(_writer);
    }

    /// <summary>Returns the facts, the last of each name, or <see langword="null"/> when there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Build()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        var facts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var fact in JsonElement.Parse(_buffer.WrittenSpan).EnumerateObject())
        {
            facts[fact.Name] = fact.Value;
        }

        return facts.Count > 0 ? facts : null;
    }
}
