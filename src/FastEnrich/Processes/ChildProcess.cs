using System.ComponentModel;
using System.Diagnostics;

namespace FastEnrich.Processes;

/// <summary>A process of the operating system.</summary>
internal sealed class ChildProcess : IChildProcess
{
    private readonly Process _process;

    public ChildProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        Error = process.StandardError.BaseStream;
        Exited = WaitAsync();
    }

    public int Id { get; }

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    public Task<int> Exited { get; }

    public void Terminate()
    {
        if (!OperatingSystem.IsWindows() && !Exited.IsCompleted && !_process.HasExited)
        {
            NativeMethods.Terminate(Id);
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It has ended, or one of those it started did meanwhile.
        }
    }

    public void Dispose()
    {
        Close(Input);
        Close(Output);
        Close(Error);
        _process.Dispose();
    }

    private static void Close(Stream stream)
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // The other end is gone.
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }
}
