using FastEnrich.Pipeline;
using FastEnrich.Plugins;
using FastEnrich.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich;

/// <summary>
/// Runs plugins and returns profiles: the engine behind <see cref="IProfileEnricher"/>. Thread-safe; one instance serves a process. Made by
/// <see cref="Create(FastEnrichOptions)"/> or by dependency injection, and disposed by whoever made it.
/// </summary>
public sealed partial class PluginManager : IProfileEnricher, IAsyncDisposable
{
    private readonly FastEnrichOptions _options;
    private readonly EngineTelemetry _telemetry;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly ProfileEngine _engine;

    private PluginManager(FastEnrichOptions options, Func<FastEnrichOptions>? read)
    {
        _options = options;
        _read = read;
        _files = options.Files;
        _loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        _logger = _loggers.CreateLogger("FastEnrich");
        _telemetry = new EngineTelemetry(options.MeterFactory);
        _engine = new ProfileEngine(options, _telemetry, _logger) { OnAllHang = Replace };
        Registry = CreateRegistry();
        Health = CreateHealth(_telemetry);
    }

    /// <summary>Makes an engine with every known plugin whose settings enable it. Call <see cref="StartAsync"/> to connect them.</summary>
    /// <param name="options">What the engine is made from; not to be changed afterwards.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="FastEnrichConfigurationException">A setting is out of range, or names a plugin that is not known.</exception>
    /// <exception cref="PluginException">A plugin could not be made, or plugins wait for each other's identities.</exception>
    public static PluginManager Create(FastEnrichOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Create(options, null);
    }

    /// <summary>
    /// Makes an engine as the other overload does, from options that can be read again:
    /// <see cref="ReloadAsync(CancellationToken)"/> and <see cref="EnableAsync"/> do so.
    /// </summary>
    /// <param name="read">Makes new options each time: adds the plugins, reads the configuration, sets what code sets.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="FastEnrichConfigurationException">A setting is out of range, or names a plugin that is not known.</exception>
    /// <exception cref="PluginException">A plugin could not be made, or plugins wait for each other's identities.</exception>
    public static PluginManager Create(Func<FastEnrichOptions> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Create(read(), read);
    }

    internal static PluginManager Create(FastEnrichOptions options, Func<FastEnrichOptions>? read)
    {
        EngineOptionsValidator.ThrowIfInvalid(options);
        var manager = new PluginManager(options, read);
        try
        {
            manager.AddConfigured();
            return manager;
        }
        catch
        {
            _ = manager._engine.CloseStoreAsync(); // never started: at once
            manager._engine.Dispose();
            manager._telemetry.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<EnrichedProfile> EnrichAsync(string userId, CancellationToken cancellationToken = default) =>
        _engine.EnrichAsync(userId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EnrichedProfile> EnrichAsync(string userId, EnrichOptions options, CancellationToken cancellationToken = default) =>
        _engine.EnrichAsync(userId, UserIdentities.None, Checked(options), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EnrichedProfile> EnrichAsync(EnrichmentRequest request, EnrichOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _engine.EnrichAsync(request.UserId, request.Identities, Checked(options), cancellationToken);
    }

    /// <summary>Returns a user's profile: the same as <see cref="EnrichAsync(EnrichmentRequest, EnrichOptions, CancellationToken)"/> under the operation's full name.</summary>
    /// <param name="request">The user and the identities that the caller knows.</param>
    /// <param name="options">How this call waits and what it asks for; the default is the engine's.</param>
    /// <param name="cancellationToken">Ends this caller's wait with an <see cref="OperationCanceledException"/>; the fetch goes on for others.</param>
    /// <returns>What is there when everything has settled or the deadline has passed.</returns>
    /// <exception cref="ArgumentException">The user id is not 1 to 512 UTF-8 bytes of well-formed text, or a plugin is not enabled.</exception>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    public ValueTask<EnrichedProfile> EnrichUserProfileAsync(EnrichmentRequest request, EnrichOptions options = default, CancellationToken cancellationToken = default) =>
        EnrichAsync(request, options, cancellationToken);

    /// <summary>Returns one plugin's result for a user; the plugins that provide its identities run too.</summary>
    /// <inheritdoc cref="EnrichAsync(string, CancellationToken)"/>
    /// <param name="plugin">The plugin's name or alias.</param>
    /// <param name="userId">The user: 1 to 512 UTF-8 bytes of well-formed text.</param>
    /// <param name="cancellationToken">Ends this caller's wait with an <see cref="OperationCanceledException"/>; the fetch goes on for others.</param>
    public ValueTask<EnrichedProfile> EnrichWithPluginAsync(string plugin, string userId, CancellationToken cancellationToken = default) =>
        _engine.EnrichAsync(userId, UserIdentities.None, new EnrichOptions { Plugins = [plugin] }, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<EnrichedProfile> EnrichManyAsync(
        IAsyncEnumerable<EnrichmentRequest> requests, BulkOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return _engine.EnrichManyAsync(requests, options with { Each = Checked(options.Each) }, keep: false, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EnrichedProfile> EnrichManyAsync(IAsyncEnumerable<string> userIds, BulkOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        return EnrichManyAsync(userIds.Select(static id => new EnrichmentRequest(id)), options, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask PrefetchAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        var requests = userIds.Select(static id => new EnrichmentRequest(id)).ToAsyncEnumerable();
        await foreach (var _ in _engine.EnrichManyAsync(requests, default, keep: true, cancellationToken).ConfigureAwait(false))
        {
            // Held in memory now.
        }
    }

    /// <inheritdoc/>
    public ProfileInspection? Inspect(string userId) => _engine.Inspect(userId);

    /// <inheritdoc/>
    public ValueTask<EnrichedProfile> RefreshAsync(string userId, IReadOnlyList<string>? plugins = null, CancellationToken cancellationToken = default) =>
        _engine.EnrichAsync(userId, UserIdentities.None, new EnrichOptions { Mode = EnrichMode.Refresh, Plugins = plugins }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ForgetReceipt> ForgetAsync(string userId, CancellationToken cancellationToken = default) =>
        _engine.ForgetAsync(userId, cancellationToken);

    private static EnrichOptions Checked(in EnrichOptions options)
    {
        if (options.Deadline is { } deadline)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero, nameof(options.Deadline));
        }

        if (options.MaxAge is { } age)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero, nameof(options.MaxAge));
        }

        return options;
    }
}
