using System.Buffers;
using System.Text.Json;
using FastEnrich.Registry;
using FastEnrich.Sidecar.Hosting;
using FastEnrich.Sidecar.Http;

namespace FastEnrich.Sidecar.Cli;

/// <summary>The plugins as the configuration, the plugin folder and the registry's file have them; no plugin is made or connected.</summary>
internal sealed class PluginsFiles : IPluginsSource
{
    private const string NothingRuns = "nothing was changed: no running sidecar is named; name one with --unix-socket or --url, or set plugins.<name>.enabled in its configuration";
    private const string NothingLogs = "no running sidecar is named; name one with --unix-socket or --url, or set plugins.<name>.log_level in its configuration";
    private const string NoPlace =
        "the configuration names neither engine.plugin_dir nor engine.registry_file: there is nowhere to keep a review; "
        + "name a running sidecar with --unix-socket or --url";

    private readonly PluginRegistry _registry;
    private readonly bool _keeps;

    public PluginsFiles(SidecarIO io, string? configPath)
    {
        var options = new FastEnrichOptions();
        options.AddAllPlugins();
        if (configPath is not null)
        {
            ConfigurationFile.Load(configPath, io, options);
        }

        _keeps = options.Engine.PluginDir is not null || options.Engine.RegistryFile is not null;
        _registry = new PluginRegistry(new PluginRegistryOptions
        {
            Directory = options.Engine.PluginDir,
            File = options.Engine.RegistryFile,
            TimeProvider = io.TimeProvider,
            ReadOnly = true, // until there is a review to keep
        });
        foreach (var descriptor in options.Catalog.Values)
        {
            _registry.Register(descriptor);
        }

        _registry.Start();
        foreach (var (name, settings) in options.Plugins)
        {
            var descriptor = options.Catalog.Values.FirstOrDefault(plugin => plugin.Name == name || plugin.Aliases.Contains(name));
            _registry.TryChange(descriptor?.Name ?? name, settings.Enabled ? RegistryChange.Enable : RegistryChange.Disable);
        }

        Options = options;
    }

    private FastEnrichOptions Options { get; }

    public Task<JsonElement> SearchAsync(string query, CancellationToken cancellationToken) =>
        PluginSearchQuery.Read(query, out var parsed) is { } problem ? throw new UsageException(problem) : Task.FromResult(ToJson(_registry.Search(parsed).WriteTo));

    public Task<JsonElement> ShowAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_registry.Get(name) is { } entry ? ToJson(writer => entry.WriteTo(writer, [.. _registry.GetReviews(name).Take(20)])) : throw Unknown());

    public async Task<JsonElement> ReviewAsync(string name, int rating, string? comment, string? reviewer, CancellationToken cancellationToken)
    {
        if (!_keeps)
        {
            throw new UsageException(NoPlace);
        }

        // A registry of its own that writes what is new alone: a running sidecar adds it to what it has.
        await using var registry = new PluginRegistry(new PluginRegistryOptions { Directory = Options.Engine.PluginDir, File = Options.Engine.RegistryFile });
        foreach (var descriptor in Options.Catalog.Values)
        {
            registry.Register(descriptor);
        }

        registry.Start();
        try
        {
            var review = registry.AddReview(name, rating, comment, reviewer) ?? throw Unknown();
            return await registry.FlushAsync(cancellationToken) ? ToJson(review.WriteTo) : throw new RefusedException("the review could not be written to the registry's file");
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    public Task<JsonElement> SwitchAsync(string name, bool on, CancellationToken cancellationToken) => throw new UsageException(NothingRuns);

    public Task<JsonElement> GetLogLevelAsync(string name, CancellationToken cancellationToken) => throw new UsageException(NothingLogs);

    public Task<JsonElement> SetLogLevelAsync(string name, string? level, CancellationToken cancellationToken) => throw new UsageException(NothingLogs);

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    private static RefusedException Unknown() => new("no plugin of that name is known");

    private static JsonElement ToJson(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
