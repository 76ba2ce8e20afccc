using System.Diagnostics;
using System.Runtime.Versioning;
using FastEnrich.Processes;
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
        using var digest = Process.Start(new ProcessStartInfo(_python, ["-c", $"import hashlib;print(hashlib.sha256(open('{_script}','rb').read()).hexdigest())"]) { RedirectStandardOutput = true })!;
        var checksum = (await digest.StandardOutput.ReadToEndAsync()).Trim();
        var manager = await StartAsync($"batch_size: {batch}, version: 1.0.0, capabilities: [user_demographics], checksum: \"sha256:{checksum} {_script}\"");

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

    private async Task<PluginManager> StartAsync(string process, string config = "{}")
    {
        var (manager, _) = Create(process, config);
        await Eventually.True(() => manager.GetPluginStatus("geo")!.Connected);
        return manager;
    }
}
