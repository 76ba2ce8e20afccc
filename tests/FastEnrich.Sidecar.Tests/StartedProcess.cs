using System.Diagnostics;

namespace FastEnrich.Sidecar.Tests;

/// <summary>A process that ends with the test that started it, however that ends.</summary>
internal sealed class StartedProcess(ProcessStartInfo start) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process = Process.Start(start)!;

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Error => _process.StandardError;

    /// <summary>Waits for its end, and gives what it still wrote to its error output.</summary>
    public async Task<string> EndAsync()
    {
        var error = Error.ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return await error;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true); // nothing happens to one that has ended
        _process.WaitForExit(s_patience);
        _process.Dispose();
    }
}
