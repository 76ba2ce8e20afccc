namespace FastEnrich.Testing;

/// <summary>A body that breaks off after its bytes, as one whose connection was lost.</summary>
internal sealed class CutStream(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    public override int Read(Span<byte> buffer) => Broken(base.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Broken(base.Read(buffer, offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(buffer.Span));
    }

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
        Task.FromException(new HttpIOException(HttpRequestError.ResponseEnded));

    private static int Broken(int read) => read > 0 ? read : throw new HttpIOException(HttpRequestError.ResponseEnded);
}
