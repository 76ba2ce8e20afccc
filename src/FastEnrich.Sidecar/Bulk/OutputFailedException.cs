namespace FastEnrich.Sidecar.Bulk;

/// <summary>The output cannot be written any more.</summary>
internal sealed class OutputFailedException(IOException cause) : Exception("the output cannot be written", cause)
{
    /// <summary>Whether its reader went away, as <c>head</c> does: an end, not a failure.</summary>
    public bool ReaderIsGone { get; } = cause.HResult is BrokenPipe or BrokenPipeWindows || cause.InnerException is System.Net.Sockets.SocketException;

    private const int BrokenPipe = 32; // EPIPE
    private const int BrokenPipeWindows = unchecked((int)0x8007006D);
}
