using System.Text;
using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Tests;

/// <summary>Runs the command line in process.</summary>
internal static class CliRun
{
    public static async Task<(int ExitCode, string[] Lines, string Error)> RunAsync(FakeEnricher? enricher, string input, params string[] args) =>
        await RunAsync(enricher, Encoding.UTF8.GetBytes(input), args);

    public static async Task<(int ExitCode, string[] Lines, string Error)> RunAsync(FakeEnricher? enricher, byte[] input, params string[] args)
    {
        using var output = new MemoryStream();
        var (exitCode, error) = await RunAsync(enricher, new MemoryStream(input), output, args);
        var text = Encoding.UTF8.GetString(output.ToArray());
        return (exitCode, text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n'), error);
    }

    public static async Task<(int ExitCode, string Error)> RunAsync(FakeEnricher? enricher, Stream input, Stream output, params string[] args)
    {
        var error = new StringWriter();
        var io = enricher is null
            ? new SidecarIO { Input = input, Output = output, Error = TextWriter.Synchronized(error) }
            : new SidecarIO { Input = input, Output = output, Error = TextWriter.Synchronized(error), CreateEngine = _ => enricher.AsHost() };
        var exitCode = await SidecarApp.RunAsync(args, io, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        return (exitCode, error.ToString());
    }
}
