using System.Text;
using System.Text.Json.Nodes;
using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Tests;

/// <summary>The systems alone, and an engine of one's own in front of them.</summary>
public sealed class DemoUpstreamsCommandServerTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly MemoryStream _output = new();
    private readonly AnnouncingWriter _error = new();
    private Task<int>? _running;

    [Fact]
    public async Task DemoUpstreams_PrintedConfiguration_AsksAllFive()
    {
        using var file = new TemporaryFile("fastenrich.yaml", await StartAsync("--port", "0", "--users", "20"));

        var (valid, _, mistakes) = await CliRun.RunAsync(null, "", "config", "validate", file.Path);
        var (exitCode, lines, _) = await CliRun.RunAsync(null, "5100000017\n", "enrich", "--config", file.Path, "--timeout", "60s");

        Assert.Equal((ExitCodes.Done, ""), (valid, mistakes));
        Assert.Equal(ExitCodes.Done, exitCode);
        var status = JsonNode.Parse(Assert.Single(lines))!["status"]!.AsObject();
        Assert.Equal(["facebook", "hubspot", "pipedrive", "salesforce", "x"], status.Select(plugin => plugin.Key).Order(StringComparer.Ordinal));
        Assert.All(status, plugin => Assert.Equal("fresh", (string?)plugin.Value!["state"]));
    }

    [Fact]
    public async Task DemoUpstreams_Interrupted_EndsWithoutAnError()
    {
        await StartAsync("--port", "0");

        await _interrupt.CancelAsync();

        Assert.Equal(ExitCodes.Done, await _running!.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task DemoUpstreams_PortInUse_IsBadUsageThatNamesIt()
    {
        var first = (await StartAsync("--port", "0")).Split("127.0.0.1:")[1].Split('\n')[0];

        var (exitCode, _, error) = await CliRun.RunAsync(null, "", "demo-upstreams", "--port", first);

        Assert.Equal(ExitCodes.BadUsage, exitCode);
        Assert.Contains($"port {first} ", error);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65532")]
    [InlineData("many")]
    public async Task DemoUpstreams_ImpossiblePort_IsBadUsage(string port) =>
        Assert.Equal(ExitCodes.BadUsage, (await CliRun.RunAsync(null, "", "demo-upstreams", "--port", port)).ExitCode);

    public async ValueTask DisposeAsync()
    {
        await _interrupt.CancelAsync();
        if (_running is not null)
        {
            await _running;
        }

        _interrupt.Dispose();
    }

    private async Task<string> StartAsync(params string[] args)
    {
        var io = new SidecarIO { Input = Stream.Null, Output = _output, Error = _error };
        _running = SidecarApp.RunAsync(["demo-upstreams", .. args], io, _interrupt.Token);
        await Task.WhenAny(_error.Announced, _running).WaitAsync(TimeSpan.FromSeconds(60));
        return Encoding.UTF8.GetString(_output.ToArray());
    }
}
