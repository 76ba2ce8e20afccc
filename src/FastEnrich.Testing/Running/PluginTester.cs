using Microsoft.Extensions.Configuration;

namespace FastEnrich.Testing;

/// <summary>
/// Runs a plugin as an engine would, before a mock server, and tests it: its interface, its speed, suites of cases, and through <see cref="ConformanceSuite"/>
/// all that every plugin must hold to.
/// </summary>
/// <remarks>
/// Needs no test framework: failures are reports, and a <see cref="ConformanceException"/> from <see cref="TestReport.ThrowIfFailed"/>. One test uses it at a
/// time.
/// </remarks>
public sealed partial class PluginTester : IAsyncDisposable
{
    /// <summary>The address that configuration is made for while there is no mock server.</summary>
    private const string NoServer = "http://127.0.0.1:9";

    private MockServer? _server;

    /// <summary>Initializes a tester.</summary>
    /// <param name="descriptor">The plugin's descriptor, as from <c>new FastEnrichOptions().AddAllPlugins().Catalog["name"]</c>.</param>
    /// <param name="options">What the plugin needs to run; the defaults when <see langword="null"/>.</param>
    public PluginTester(PluginDescriptor descriptor, PluginTesterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        Descriptor = descriptor;
        Options = options ?? new PluginTesterOptions();
    }

    /// <summary>Initializes a tester of a plugin that has no generated descriptor.</summary>
    /// <param name="metadata">What is known of the plugin.</param>
    /// <param name="create">What makes an instance.</param>
    /// <param name="options">What the plugin needs to run; the defaults when <see langword="null"/>.</param>
    public PluginTester(PluginMetadata metadata, Func<PluginContext, IEnrichmentPlugin> create, PluginTesterOptions? options = null)
        : this(new PluginDescriptor { Metadata = metadata, PluginType = typeof(IEnrichmentPlugin), Create = activation => create(activation.Context) }, options)
    {
        ArgumentNullException.ThrowIfNull(create);
    }

    /// <summary>Gets the plugin's descriptor.</summary>
    public PluginDescriptor Descriptor { get; }

    /// <summary>Gets what the plugin needs to run.</summary>
    public PluginTesterOptions Options { get; }

    /// <summary>Gets the mock server.</summary>
    /// <exception cref="InvalidOperationException">There is none: <see cref="SetupMockServerAsync"/> was not called.</exception>
    public MockServer Server => _server ?? throw new InvalidOperationException("there is no mock server; call SetupMockServerAsync first");

    /// <summary>Makes a tester of one of a program's plugins.</summary>
    /// <param name="catalog">The options that the plugins were added to.</param>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="options">What the plugin needs to run; the defaults when <see langword="null"/>.</param>
    /// <returns>The tester.</returns>
    /// <exception cref="ArgumentException">The catalog has no such plugin.</exception>
    public static PluginTester FromCatalog(FastEnrichOptions catalog, string plugin, PluginTesterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return catalog.Catalog.TryGetValue(plugin, out var descriptor)
            ? new PluginTester(descriptor, options)
            : throw new ArgumentException($"there is no plugin '{plugin}' among {string.Join(", ", catalog.Catalog.Keys.Order(StringComparer.Ordinal))}",
                nameof(plugin));
    }

    /// <summary>Starts the mock server, in the place of one that runs.</summary>
    /// <param name="script">Adds the routes of an upstream that works; <see langword="null"/> to add them later.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The running server.</returns>
    public async ValueTask<MockServer> SetupMockServerAsync(Action<MockServer>? script = null, CancellationToken cancellationToken = default)
    {
        await TeardownMockServerAsync().ConfigureAwait(false);
        var server = await MockServer.StartAsync(Options.Server, cancellationToken).ConfigureAwait(false);
        _server = server;
        script?.Invoke(server);
        return server;
    }

    /// <summary>Ends the mock server and its connections; harmless when there is none.</summary>
    /// <returns>A task that ends when the port is closed.</returns>
    public async ValueTask TeardownMockServerAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Gets the mock server's address.</summary>
    /// <returns>The address, <c>http://127.0.0.1:port</c>.</returns>
    /// <exception cref="InvalidOperationException">There is no mock server.</exception>
    public string GetMockServerUrl() => Server.Url;

    /// <summary>Makes an instance and connects it.</summary>
    /// <param name="cancellationToken">Ends the connect.</param>
    /// <returns>The instance; dispose it.</returns>
    /// <exception cref="FastEnrichConfigurationException">The binder refuses the configuration.</exception>
    /// <exception cref="PluginException">The plugin refuses it, or cannot connect.</exception>
    public async ValueTask<PluginInstance> CreateAsync(CancellationToken cancellationToken = default)
    {
        var instance = Create();
        try
        {
            await instance.Plugin.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return instance;
        }
        catch
        {
            await instance.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => TeardownMockServerAsync();

    /// <summary>Makes an instance that is not connected.</summary>
    internal PluginInstance Create(IReadOnlyDictionary<string, string>? configuration = null)
    {
        var (options, errors) = Bind(configuration ?? Configuration());
        if (errors.Count > 0)
        {
            throw new FastEnrichConfigurationException(errors);
        }

        var log = new CapturedLog();
        var client = new UpstreamClient(Descriptor.Name, Options.Handler?.Invoke() ?? UpstreamClient.CreateHandler(), Options.Upstream);
        var context = new PluginContext(Descriptor, client, Options.TimeProvider, log);
        try
        {
            var activation = new PluginActivation(context, options, Options.Services ?? NoServices.Instance);
            return new PluginInstance((Options.Create ?? Descriptor.Create)(activation), context, options, log);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Binds a configuration; what is wrong with it is returned.</summary>
    internal (object? Options, List<ConfigError> Errors) Bind(IReadOnlyDictionary<string, string> configuration)
    {
        List<ConfigError> errors = [];
        if (Descriptor.BindOptions is null)
        {
            return (null, errors);
        }

        var root = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.Select(static pair => KeyValuePair.Create($"config:{pair.Key}", (string?)pair.Value))).Build();
        var options = Descriptor.BindOptions(new ConfigReader(root.GetSection("config"), errors));
        return (errors.Count == 0 ? options : null, errors);
    }

    internal IReadOnlyDictionary<string, string> Configuration() => Options.Configuration(_server?.Url ?? NoServer);
}
