namespace FastEnrich.Sidecar.Tests;

/// <summary>An output that fails as the system does.</summary>
internal sealed class BrokenOutput(int errno) : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("from the system", errno);

    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("from the system", errno);
}
