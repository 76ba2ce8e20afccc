using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastEnrich.Benchmarks.Harness;

namespace FastEnrich.Benchmarks.Json;

/// <summary>Writes one payload into a buffer that stays.</summary>
internal readonly struct WriteJson<T>(T value, JsonTypeInfo<T> info) : IOperation
{
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly Utf8JsonWriter _writer = new(Stream.Null);

    public object? Read(string key, int index)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        JsonSerializer.Serialize(_writer, value, info);
        _writer.Flush();
        return _buffer.WrittenCount == 0 ? null : key;
    }
}
