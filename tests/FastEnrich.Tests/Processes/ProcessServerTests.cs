using System.Diagnostics;
using System.Runtime.InteropServices;
using FastEnrich.Processes;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Processes;

/// <summary>Engines over real processes. They may take long on a busy machine, and no outcome depends on how long.</summary>
public sealed class ProcessServerTests : IAsyncLifetime
{
    private readonly FastEnrichOptions _options = new() { Engine = { ConnectTimeout = TimeSpan.FromMinutes(5), FetchTimeout = TimeSpan.FromMinutes(2), FailureTtl = TimeSpan.Zero, CacheTtl = TimeSpan.Zero } };
    private readonly CapturingLoggers _logs = new();
    private readonly Dictionary<string, ProcessPlugin> _plugins = [];
    private PluginManager? _manager;

    [Fact]
    public async Task Enrich_ThroughAProcess_AnswersAsAnyPlugin()
    {
        var manager = await StartAsync(("child", TestChild.Options("normal")));

        var profile = await manager.EnrichAsync("user 1");

        Assert.Equal("user 1", profile.Enrichments["child"].Demographics!.City);
        Assert.Equal((ProcessState.Running, "1.0.0"), (_plugins["child"].Status.State, _plugins["child"].Status.Version));
        Assert.True(await _plugins["child"].CheckHealthAsync(CancellationToken.None));
    }

    [Fact]
    public async Task EnrichMany_ThroughAProcessWithBatches_AsksForSeveralAtOnce()
    {
        var manager = await StartAsync(("child", TestChild.Options("normal", batch: 50)));

        var count = 0;
        await foreach (var profile in manager.EnrichManyAsync(Enumerable.Range(0, 500).Select(i => $"u{i}").ToAsyncEnumerable()))
        {
            Assert.Equal(PluginState.NotFound, profile.Status["child"].State);
            count++;
        }

        Assert.Equal(500, count);
        Assert.InRange(manager.GetPluginStatus("child")!.Batches, 10, 499);
    }

    [Fact]
    public async Task Environment_OfTheChild_IsWhatWasListedAndNothingElse()
    {
        Environment.SetEnvironmentVariable("FASTENRICH_TEST_SECRET", "never");
        var manager = await StartAsync(("child", TestChild.Options("normal", new() { ["LISTED"] = "a b", ["OTHER"] = "" })));

        var profile = await manager.EnrichAsync("u1");

        Assert.Equal(["LISTED=a b", "OTHER="], profile.Enrichments["child"].Interests!.Where(name => !name.StartsWith("DOTNET_", StringComparison.Ordinal))); // the runtime sets some for itself
        Assert.DoesNotContain(profile.Enrichments["child"].Interests!, name => name.Contains("never", StringComparison.Ordinal) || name.StartsWith("PATH=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kill9_UnderLoad_FailsItsSlotsAloneAndComesBack()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL is a Unix signal");
        _options.Engine.MaxRetries = 0;
        var manager = await StartAsync(("child", TestChild.Options("normal")));
        var other = _manager!;
        var states = new HashSet<PluginState>();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var profile = await other.EnrichAsync($"w{worker}-{i}");
                Assert.Equal(PluginState.Fresh, profile.Status["other"].State);
                lock (states)
                {
                    states.Add(profile.Status["child"].State);
                }
            }
        })));

        for (var round = 1; round <= 3; round++)
        {
            await Eventually.True(() => _plugins["child"].Status is { State: ProcessState.Running, InFlight: > 0 });
            var before = _plugins["child"].Status.ProcessId!.Value;
            using (var process = Process.GetProcessById(before))
            {
                process.Kill();
            }

            await Eventually.True(() => _plugins["child"].Status is { State: ProcessState.Running, ProcessId: { } now } && now != before);
            Assert.Equal(round, _plugins["child"].Status.Restarts);
        }

        await stop.CancelAsync();
        await load;
        Assert.Subset(new HashSet<PluginState> { PluginState.Fresh, PluginState.Failed, PluginState.Rejected }, states);
        Assert.Contains(PluginState.Fresh, states);
        Assert.Equal(PluginState.Fresh, (await manager.EnrichAsync("afterwards")).Status["child"].State);
        Assert.Equal(0, manager.GetPluginStatus("other")!.Failed);
    }

    [Fact]
    public async Task Kill9_WithManyCallsInFlight_LeavesTheNextChildItsCalls()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix's");
        const int Enough = 30; // failures to open a breaker
        _options.Engine.MaxRetries = 0;
        var manager = await StartAsync(("child", TestChild.Options("normal")));
        var before = _plugins["child"].Status.ProcessId!.Value;
        using var child = Process.GetProcessById(before);
        using (var stop = Process.Start("kill", ["-STOP", $"{before}"]))
        {
            await stop.WaitForExitAsync();
        }

        var waiting = Enumerable.Range(0, Enough).Select(i => manager.EnrichAsync($"u{i}").AsTask()).ToArray();
        await Eventually.True(() => _plugins["child"].Status.InFlight == Enough);
        child.Kill();
        var failed = await Task.WhenAll(waiting);
        await Eventually.True(() => _plugins["child"].Status is { State: ProcessState.Running, Restarts: 1 });
        var next = await manager.EnrichAsync("afterwards");

        Assert.All(failed, profile => Assert.Equal(PluginState.Failed, profile.Status["child"].State));
        Assert.Equal(PluginState.Fresh, next.Status["child"].State);
    }

    [Theory]
    [InlineData("hang", "missed its heartbeat")]
    [InlineData("deaf", "missed its heartbeat")]
    [InlineData("endless", "missed its heartbeat")]
    [InlineData("flood", "keeps answering what was not asked")]
    public async Task Child_ThatCannotBeUsed_IsKilledAndStartedAgainWhileOthersGoOn(string mode, string reason)
    {
        _options.Engine.FetchTimeout = TimeSpan.FromSeconds(3); // the engine drains a call that nobody answers
        var manager = await StartAsync(("child", TestChild.Options(mode, heartbeat: mode == "flood" ? null : TimeSpan.FromMilliseconds(200))));
        var asking = manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromSeconds(5), Plugins = ["child"] }).AsTask();

        await Eventually.True(() => _plugins["child"].Status is { Restarts: >= 1 } status && status.LastEnd == reason);

        Assert.Equal(PluginState.Fresh, (await manager.EnrichAsync("u2", new EnrichOptions { Plugins = ["other"] })).Status["other"].State);
        Assert.NotEqual(PluginState.Fresh, (await asking).Status["child"].State);
    }

    [Fact]
    public async Task Child_DiesInTheMiddleOfAFrame_FailsTheCallAsConnectionError()
    {
        _options.Engine.MaxRetries = 0;
        var manager = await StartAsync(("child", TestChild.Options("half")));

        var profile = await manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromMinutes(1) });

        Assert.Equal((PluginErrorCode.ConnectionError, true), (profile.Errors["child"].Code, profile.Errors["child"].Retryable));
        await Eventually.True(() => _plugins["child"].Status.LastEnd == "ended in the middle of a frame");
    }

    [Fact]
    public async Task StandardError_MoreThanAPipeHolds_BlocksNobodyAndIsLoggedNowhere()
    {
        var manager = await StartAsync(("child", TestChild.Options("chatty")));

        Assert.Equal(PluginState.Fresh, (await manager.EnrichAsync("secret-user")).Status["child"].State);

        await Eventually.True(() => _plugins["child"].RecentErrorOutput().Any(line => line == "looking up secret-user"));
        Assert.Equal(2, _plugins["child"].Status.ErrorLines);
        Assert.DoesNotContain(_logs.Lines, line => line.Contains("secret-user", StringComparison.Ordinal) || line.Contains("eeee", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("normal", false)]
    [InlineData("stubborn", true)]
    public async Task Dispose_LeavesNoProcessBehind(string mode, bool isKilled)
    {
        var manager = await StartAsync(("child", TestChild.Options(mode)));
        var id = _plugins["child"].Status.ProcessId!.Value;
        Assert.True(Lives(id));

        await manager.DisposeAsync();

        Assert.False(Lives(id));
        Assert.Equal((ProcessState.Stopped, isKilled ? 1 : 0), (_plugins["child"].Status.State, _logs.Count("ProcessKilled")));
    }

    [Fact]
    public async Task Host_KilledWithoutWarning_TakesItsChildAlong()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks /proc");
        var command = TestChild.Command("host");
        using var host = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var child = int.Parse((await host.StandardOutput.ReadLineAsync())!);
        Assert.True(Lives(child));

        host.Kill();

        await host.WaitForExitAsync();
        await Eventually.True(() => !Lives(child));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_manager is not null)
        {
            await _manager.DisposeAsync();
        }
    }

    /// <summary>A zombie counts as alive: nobody has asked for its end.</summary>
    private static bool Lives(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return File.Exists($"/proc/{id}/stat");
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task<PluginManager> StartAsync(params (string Name, ProcessOptions Options)[] children)
    {
        _options.LoggerFactory = _logs;
        foreach (var (name, options) in children)
        {
            _options.AddPlugin(new PluginDescriptor
            {
                Metadata = new PluginMetadata { Name = name },
                PluginType = typeof(ProcessPlugin),
                Create = activation => _plugins[name] = options.BatchSize > 1
                    ? new BatchProcessPlugin(activation.Context, options, TestChild.Launcher)
                    : new ProcessPlugin(activation.Context, options, TestChild.Launcher),
            });
            _options.Plugins[name] = new PluginSettings();
        }

        if (children[0].Options.BatchSize == 1)
        {
            _options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = "other" }, PluginType = typeof(FakePlugin), Create = static _ => new FakePlugin() });
            _options.Plugins["other"] = new PluginSettings();
        }

        _manager = PluginManager.Create(_options);
        await _manager.StartAsync();
        await Eventually.True(() => _manager.ListPlugins().All(static status => status.Connected));
        return _manager;
    }
}
