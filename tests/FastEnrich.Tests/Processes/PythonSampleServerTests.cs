using System.Diagnostics;
using System.Runtime.Versioning;
using FastEnrich.Processes;
using FastEnrich.Registry;
using FastEnrich.Tests.Configuration;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Processes;

/// <summary>The sample of docs/process-plugins, through a configuration file and the guard, as an operator has it.</summary>
[UnsupportedOSPlatform("windows")] // skipped there
public sealed class PythonSampleServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastenrich-").FullName;
    private readonly CapturingLoggers _logs = new();
    private readonly string _script;
    private readonly string _python;
    private PluginManager? _manager;

    public PythonSampleServerTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the sample is tried where Python has a fixed place");
        string[] places = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"];
        _python = places.FirstOrDefault(File.Exists) ?? "";
        Assert.SkipUnless(_python.Length > 0, "python3 is in none of its usual places");

        // A copy in a private folder: a checkout may be writable by its group, and the guard refuses that.
        _script = Path.Combine(_folder, "plugin.py");
        File.Copy(Path.Combine(Root(), "docs", "process-plugins", "plugin.py"), _script);
        File.SetUnixFileMode(_script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public async Task Sample_ThroughAFile_Answers(int batch)
    {
        var manager = await StartAsync($"batch_size: {batch}, version: 1.0.0, capabilities: [user_demographics], {await ChecksumAsync()}");

        var found = await manager.EnrichAsync("user-7");
        var missing = await manager.EnrichAsync("nobody");

        Assert.Equal((PluginState.Fresh, PluginState.NotFound), (found.Status["geo"].State, missing.Status["geo"].State));
        Assert.Equal("\"python\"", found.Enrichments["geo"].ContextualData!["written_in"].GetRawText());
    }

    [Fact]
    public async Task Sample_WithItsOwnConfiguration_KnowsItsUsers()
    {
        var data = Path.Combine(_folder, "users.json");
        await File.WriteAllTextAsync(data, """{"users":{"ünï \"1\"":{"city":"Braga","interests":[]},"broken":{}}}""");
        var manager = await StartAsync("max_in_flight: 10", $"{{ data: \"{data}\" }}");

        Assert.Equal("Braga", (await manager.EnrichAsync("ünï \"1\"")).Merged.Demographics!.City);
        Assert.Equal((PluginErrorCode.InvalidResponse, "KeyError"), ((await manager.EnrichAsync("broken")).Errors["geo"].Code, (await manager.EnrichAsync("broken")).Errors["geo"].Message));
    }

    [Fact]
    public async Task Sample_WrongChecksum_IsNeverStarted()
    {
        var (manager, _) = Create($"checksum: \"sha256:{new string('0', 64)} {_script}\"");

        await Eventually.True(() => manager.GetPluginStatus("geo")!.LastError is not null);

        Assert.Equal(PluginErrorCode.InvalidConfig, manager.GetPluginStatus("geo")!.LastError!.Code);
        Assert.DoesNotContain(_script, manager.GetPluginStatus("geo")!.LastError!.Message);
        Assert.Contains(_logs.Lines, line => line.Contains($"The file '{_script}' does not have its configured checksum.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sample_OtherThanConfigured_SaysWhere()
    {
        var (manager, _) = Create("needs: [email]");

        await Eventually.True(() => manager.GetPluginStatus("geo")!.LastError is not null);

        Assert.Equal("The configuration says that needs hold email, the process does not.", manager.GetPluginStatus("geo")!.LastError!.Message);
    }

    [Fact]
    public async Task Reload_NewProgramAndItsChecksum_IsUpdatingAndTheOldOneAnswersUntilTheNewOneTakesOver()
    {
        using var file = new ConfigFile(Yaml(await ChecksumAsync()));
        var manager = await StartAsync(file);
        var gate = Path.Combine(_folder, "gate");
        var program = await File.ReadAllTextAsync(_script);
        await File.WriteAllTextAsync(_script, program
            .Replace("\"python\"", "\"python, anew\"")
            .Replace("def main():\n", $"def main():\n    import time\n    while not os.path.exists('{gate}'):\n        time.sleep(0.01)\n"));
        await File.WriteAllTextAsync(file.Path, Yaml(await ChecksumAsync()));

        var reload = manager.ReloadAsync().AsTask();
        await Eventually.True(() => State(manager) == RegistryState.Updating);
        Assert.Equal("python", await WrittenInAsync(manager, "user-1"));
        Assert.False(reload.IsCompleted, "the new child has not shaken hands");
        await File.WriteAllTextAsync(gate, "");

        Assert.Equal(["geo"], (await reload).Replaced);
        Assert.Equal((RegistryState.Enabled, "python, anew"), (State(manager), await WrittenInAsync(manager, "user-1")));
    }

    [Fact]
    public async Task Kill9_UnderLoad_IsBackAndAReloadReplacesWhatCameBack()
    {
        using var file = new ConfigFile(Yaml(await ChecksumAsync()));
        var manager = await StartAsync(file);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                Assert.Equal(PluginState.Fresh, (await manager.EnrichAsync($"w{worker}-{i}")).Status["other"].State);
            }
        })).ToArray();
        await Eventually.True(() => Child(manager) is { InFlight: > 0 });

        var killed = Child(manager).ProcessId!.Value;
        using (var process = Process.GetProcessById(killed))
        {
            process.Kill();
        }

        await Eventually.True(() => Child(manager) is { Restarts: 1, State: ProcessState.Running });
        var back = Child(manager).ProcessId!.Value;
        await File.WriteAllTextAsync(file.Path, Yaml($"max_in_flight: 99, {await ChecksumAsync()}"));
        var report = await manager.ReloadAsync();
        await stop.CancelAsync();
        await Task.WhenAll(load);

        Assert.Equal(["geo"], report.Replaced);
        Assert.Equal(3, new HashSet<int> { killed, back, Child(manager).ProcessId!.Value }.Count);
        Assert.False(IsAlive(back), "the child that came back was ended by the reload");
        Assert.Equal("python", await WrittenInAsync(manager, "user-7"));
        Assert.Equal(0, manager.GetPluginStatus("other")!.Failed);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_manager is not null)
        {
            await _manager.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "FastEnrich.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }

    private (PluginManager Manager, FastEnrichOptions Options) Create(string process, string config = "{}")
    {
        using var file = new ConfigFile($$"""
            engine: { fetch_timeout: 2m, timeout: 2m, connect_timeout: 2m }
            plugins: { geo: { process: { command: [{{_python}}, -I, "{{_script}}"], startup_timeout: 2m, heartbeat: 5m, {{process}} }, config: {{config}} } }
            """);
        var options = file.Load();
        options.LoggerFactory = _logs;
        _manager = PluginManager.Create(options);
        _ = _manager.StartAsync();
        return (_manager, options);
    }

    private static RegistryState? State(PluginManager manager) => manager.Registry.Get("geo")?.State;

    private static ProcessPluginStatus Child(PluginManager manager) => ((IProcessPlugin)manager.Engine.Plugins.Find("geo")!.Lane.Instance).Status;

    private static async Task<string?> WrittenInAsync(PluginManager manager, string user) =>
        (await manager.RefreshAsync(user, ["geo"])).Enrichments["geo"].ContextualData!["written_in"].GetString();

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task<string> ChecksumAsync()
    {
        const string Code = "import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest())";
        using var digest = Process.Start(new ProcessStartInfo(_python, ["-c", Code, _script]) { RedirectStandardOutput = true })!;
        return $"checksum: \"sha256:{(await digest.StandardOutput.ReadToEndAsync()).Trim()} {_script}\"";
    }

    private string Yaml(string process) => $$"""
        engine: { fetch_timeout: 2m, timeout: 2m, connect_timeout: 2m }
        plugins: { other: {}, geo: { process: { command: [{{_python}}, -I, "{{_script}}"], startup_timeout: 2m, heartbeat: 5m, {{process}} } } }
        """;

    /// <summary>An engine that reads its file again at each reload.</summary>
    private async Task<PluginManager> StartAsync(ConfigFile file)
    {
        _manager = PluginManager.Create(() =>
        {
            var options = new FastEnrichOptions { LoggerFactory = _logs };
            options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = "other" }, PluginType = typeof(FakePlugin), Create = static _ => new FakePlugin() });
            options.LoadFile(file.Path, new Dictionary<string, string>());
            return options;
        });
        Assert.All(await _manager.LoadPluginsAsync(), static plugin => Assert.True(plugin.Connected));
        return _manager;
    }

    private async Task<PluginManager> StartAsync(string process, string config = "{}")
    {
        var (manager, _) = Create(process, config);
        await Eventually.True(() => manager.GetPluginStatus("geo")!.Connected);
        return manager;
    }
}
