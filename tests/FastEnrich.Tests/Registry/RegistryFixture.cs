using FastEnrich.Registry;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Registry;

/// <summary>A plugin folder of its own, a fake clock, and registries over them.</summary>
internal sealed class RegistryFixture : IAsyncDisposable
{
    private readonly List<PluginRegistry> _registries = [];

    public string Folder { get; private set; } = Directory.CreateTempSubdirectory("fastenrich-registry-").FullName;

    public WatchedTime Time { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public CapturingLoggers Loggers { get; } = new();

    public string FilePath => Path.Combine(Folder, PluginRegistry.FileName);

    /// <summary>Moves the plugin folder to where files keep any time that they are given.</summary>
    public void MoveToMemory()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no file system in memory");
        Directory.Delete(Folder);
        Folder = Directory.CreateDirectory($"/dev/shm/{Path.GetFileName(Folder)}").FullName;
    }

    public PluginRegistry Start(Action<PluginRegistryOptions>? configure = null)
    {
        var registry = Create(configure);
        registry.Start();
        return registry;
    }

    public PluginRegistry Create(Action<PluginRegistryOptions>? configure = null)
    {
        var options = new PluginRegistryOptions { Directory = Folder, TimeProvider = Time, LoggerFactory = Loggers };
        configure?.Invoke(options);
        var registry = new PluginRegistry(options);
        _registries.Add(registry);
        return registry;
    }

    /// <summary>Writes a manifest as a deployment does, and gives it a time that tells it from the one before.</summary>
    public string Write(string name, string json)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        var path = Path.Combine(folder, "plugin.json");
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : DateTime.UnixEpoch;
        File.WriteAllText(path, json);
        File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
        return folder;
    }

    public string WriteGood(string name, string version = "1.0.0", string more = "") => Write(name, Json(name, version, more));

    /// <summary>Gives a file a time that .NET does not know. Disks mostly keep none such, memory does.</summary>
    public static void SetImpossibleTime(string path)
    {
        using var touch = System.Diagnostics.Process.Start("touch", ["-d", "@999999999999", path]);
        touch.WaitForExit();
        Assert.Throws<ArgumentOutOfRangeException>(() => File.GetLastWriteTimeUtc(path));
    }

    public static string Json(string name, string version = "1.0.0", string more = "") => $$"""{"name":"{{name}}","version":"{{version}}"{{more}}}""";

    public static PluginDescriptor Descriptor(string name, PluginMetadata? metadata = null) => new()
    {
        Metadata = metadata ?? new PluginMetadata { Name = name },
        PluginType = typeof(FakePlugin),
        Create = static _ => new FakePlugin(),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var registry in _registries)
        {
            await registry.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
