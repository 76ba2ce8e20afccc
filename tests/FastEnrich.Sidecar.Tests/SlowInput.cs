using System.Text;

namespace FastEnrich.Sidecar.Tests;

/// <summary>An input that takes real time between its parts.</summary>
internal sealed class SlowInput(string[] parts, TimeSpan pause) : MemoryStream
{
    private int _next;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_next == parts.Length)
        {
            return 0;
        }

        await Task.Delay(pause, TimeProvider.System, cancellationToken); // a progress bar is about real time
        return Encoding.UTF8.GetBytes(parts[_next++], buffer.Span);
    }
}
