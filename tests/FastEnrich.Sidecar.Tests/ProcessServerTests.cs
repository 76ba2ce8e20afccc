using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace FastEnrich.Sidecar.Tests;

/// <summary>The built executable as a process: signals, pipes and exit codes.</summary>
public sealed class ProcessServerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Serve_Demo_AnswersFromUpstreamThenFromMemoryAndDrainsOnSigterm()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGTERM is a Unix signal");
        using var process = Start("serve", "--demo", "--users", "50", "--urls", "http://127.0.0.1:0", "--log-level", "trace");
        using var client = new HttpClient { BaseAddress = await AddressAsync(process) };

        using var cold = await client.GetAsync("/v1/users/5100000114/profile");
        using var warm = await client.GetAsync("/v1/users/5100000114/profile");
        using var hot = await client.GetAsync("/v1/users/5100000114/profile");
        using var odd = await client.GetAsync("/v1/users/planted%252Fid/profile");
        using var forget = await client.DeleteAsync("/v1/users/5100000114");
        using var ready = await client.GetAsync("/readyz");

        Assert.Equal("miss", Assert.Single(cold.Headers.GetValues("X-Cache")));
        Assert.Equal("hit", Assert.Single(warm.Headers.GetValues("X-Cache")));
        Assert.Equal("hit", Assert.Single(hot.Headers.GetValues("X-Cache")));
        Assert.Equal(await warm.Content.ReadAsStringAsync(), await hot.Content.ReadAsStringAsync());
        Assert.Equal("planted%2Fid", JsonDocument.Parse(await odd.Content.ReadAsStringAsync()).RootElement.GetProperty("user_id").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, forget.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Signal(process, "TERM");
        var error = await process.EndAsync();
        Assert.Equal(ExitCodes.Done, process.ExitCode);
        Assert.Contains("Draining", error);
        Assert.DoesNotContain("planted", error);
        Assert.DoesNotContain("5100000114", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Enrich_ReaderGoesAway_EndsEarlyWithoutATrace()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGPIPE is a Unix signal");
        using var process = Start("enrich", "--demo", "--users", "1000000", "--log-level", "error"); // below it a machine at its limit has plugins that are slow
        Assert.NotNull(await process.Output.ReadLineAsync().WaitAsync(s_patience));

        process.Output.Close();

        Assert.Equal("", await process.EndAsync());
        Assert.Equal(ExitCodes.OutputClosed, process.ExitCode);
    }

    [Fact]
    public async Task Enrich_SigintWhileItWaitsForInput_WritesTheSummaryAndEnds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGINT is sent with kill");
        using var process = Start("enrich", "--demo", "--users", "5", "--input", "-", "--log-level", "error");
        await process.Input.WriteAsync("5100000114\n");
        await process.Input.FlushAsync();
        Assert.NotNull(await process.Output.ReadLineAsync().WaitAsync(s_patience)); // flushed although the input goes on

        Signal(process, "INT");

        var error = await process.EndAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.StartsWith("profiles   1 ", error);
        Assert.DoesNotContain("   at ", error);
    }

    private static StartedProcess Start(params string[] args)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(IsSigintIgnored() ? "env" : host)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (IsSigintIgnored())
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add(host);
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FastEnrich.Sidecar.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return new StartedProcess(start);
    }

    /// <summary>A shell starts what runs in the background with SIGINT ignored, and children inherit that.</summary>
    private static bool IsSigintIgnored() => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").First(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var line
        && (Convert.ToInt64(line["SigIgn:".Length..].Trim(), 16) & 2) != 0;

    private static async Task<Uri> AddressAsync(StartedProcess process)
    {
        const string Prefix = "listening on ";
        while (await process.Error.ReadLineAsync().WaitAsync(s_patience) is { } line)
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return new Uri(line[Prefix.Length..]);
            }
        }

        throw new InvalidOperationException("the server did not start");
    }

    private static void Signal(StartedProcess process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
