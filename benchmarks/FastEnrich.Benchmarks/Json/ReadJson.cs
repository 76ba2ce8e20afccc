using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastEnrich.Benchmarks.Harness;

namespace FastEnrich.Benchmarks.Json;

/// <summary>Reads one document.</summary>
internal readonly struct ReadJson<T>(byte[] json, JsonTypeInfo<T> info) : IOperation
{
    public object? Read(string key, int index) => JsonSerializer.Deserialize(json, info) is null ? null : key;
}
