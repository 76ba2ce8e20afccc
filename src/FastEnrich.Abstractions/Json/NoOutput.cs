using System.Buffers;

namespace FastEnrich;

/// <summary>What a writer at rest points to.</summary>
internal sealed class NoOutput : IBufferWriter<byte>
{
    public static NoOutput Instance { get; } = new();

    public void Advance(int count) => throw new InvalidOperationException("a writer at rest writes nothing");

    public Memory<byte> GetMemory(int sizeHint = 0) => throw new InvalidOperationException("a writer at rest writes nothing");

    public Span<byte> GetSpan(int sizeHint = 0) => throw new InvalidOperationException("a writer at rest writes nothing");
}
