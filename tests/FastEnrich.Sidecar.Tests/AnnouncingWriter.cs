using System.Text;

namespace FastEnrich.Sidecar.Tests;

/// <summary>Tells when the first line is written.</summary>
internal sealed class AnnouncingWriter : TextWriter
{
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Encoding Encoding => Encoding.UTF8;

    public Task Announced => _announced.Task;

    public override void WriteLine(string? value) => _announced.TrySetResult();
}
