using FastEnrich.Tests.Configuration;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class WatchConfigurationTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly WatchedTime _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly CapturingLoggers _logs = new();
    private readonly ConfigFile _secret = new("Athens\n", "secret");
    private readonly ConfigFile _file;

    public WatchConfigurationTests() => _file = new ConfigFile($"plugins: {{ configured: {{ config: {{ city: \"${{file:{_secret.Path}}}\" }} }} }}\n");

    [Fact]
    public async Task Watch_SecretIsRotated_ReplacesThePlugin()
    {
        await using var manager = PluginManager.Create(Read);
        await manager.LoadPluginsAsync();
        await using var watch = manager.Watch(s_interval, hints: false);

        File.WriteAllText(_secret.Path, "Berlin\n");
        await MoveUntilAsync(() => _logs.Count("ConfigurationApplied") == 1);

        Assert.Equal("Berlin", (await manager.EnrichAsync("u1")).Merged.Demographics!.City);
    }

    [Fact]
    public async Task Watch_FileWithMistakes_IsOneLineWithAllOfThemAndChangesNothing()
    {
        await using var manager = PluginManager.Create(Read);
        await manager.LoadPluginsAsync();
        await using var watch = manager.Watch(s_interval, hints: false);

        File.WriteAllText(_file.Path, "plugins:\n  configured:\n    priority: high\n    config:\n      colour: planted\n");
        await MoveUntilAsync(() => _logs.Count("ConfigurationRefused") == 1);

        var line = Assert.Single(_logs.Lines, static text => text.Contains("refused", StringComparison.Ordinal));
        Assert.Contains($"{_file.Path}:3:5: plugins:configured:priority", line, StringComparison.Ordinal);
        Assert.Contains($"{_file.Path}:5:7: plugins:configured:config:colour", line, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", line, StringComparison.Ordinal);
        Assert.Equal("Athens", (await manager.EnrichAsync("u1")).Merged.Demographics!.City);
    }

    [Fact]
    public async Task Watch_EngineWithoutASource_IsRefused()
    {
        await using var manager = PluginManager.Create(Read());

        Assert.Throws<InvalidOperationException>(() => manager.WatchConfiguration());
        Assert.Throws<ArgumentOutOfRangeException>(() => manager.WatchConfiguration(TimeSpan.FromMilliseconds(99)));
    }

    public void Dispose()
    {
        _file.Dispose();
        _secret.Dispose();
    }

    private async Task MoveUntilAsync(Func<bool> done)
    {
        for (var step = 1; !done(); step++)
        {
            Assert.True(step < 100, "it did not happen");
            await Eventually.True(() => done() || _time.Delays.Length >= step);
            _time.Advance(s_interval);
        }
    }

    private FastEnrichOptions Read()
    {
        var options = new FastEnrichOptions { TimeProvider = _time, LoggerFactory = _logs };
        options.AddPlugin(ConfiguredPlugin.Descriptor);
        options.LoadFile(_file.Path, new Dictionary<string, string>());
        return options;
    }
}
