using FastEnrich.Plugins;

namespace FastEnrich;

/// <content>How the engine starts, and what it knows.</content>
public sealed partial class PluginManager
{
    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private int _started;
    private int _disposed;

    /// <summary>
    /// Connects the plugins that the options enable, in the background: what a host calls at its start. Requests may come before: they wait in their lanes,
    /// within their budgets. A plugin that cannot connect is unhealthy and tried again, with back-off; a second call does nothing.
    /// </summary>
    /// <param name="cancellationToken">Not used: nothing here waits.</param>
    /// <returns>A completed task.</returns>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    public ValueTask StartAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _engine.Start();
            StartRegistry();
            foreach (var plugin in _engine.Plugins.Order.Where(static plugin => !plugin.Connected))
            {
                _ = KeepConnectingAsync(plugin, plugin.Lane);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Does what <see cref="StartAsync"/> does, and waits until each enabled plugin has connected or has failed to for the first time. No failure is thrown:
    /// the plugin is unhealthy and tried again, with back-off, and the others serve meanwhile.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the plugins go on connecting.</param>
    /// <returns>How every known plugin is then, as <see cref="ListPlugins"/> says it.</returns>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<IReadOnlyList<PluginStatus>> LoadPluginsAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_engine.Plugins.Order.Select(static plugin => plugin.FirstAttempt)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return ListPlugins();
    }

    /// <summary>Makes a plugin known that no generator has described.</summary>
    /// <param name="name">The plugin's name, in kebab-case.</param>
    /// <param name="factory">Makes an instance.</param>
    /// <exception cref="ArgumentException">The name is not kebab-case of 1 to 64 characters, or belongs to a plugin of another kind.</exception>
    public void RegisterFactory(string name, Func<PluginActivation, IEnrichmentPlugin> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ThrowIfNoName(name);
        _options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, PluginType = factory.GetType(), Create = factory });
    }

    /// <summary>Drops all results of one plugin, of all users: here at once, in the second tier and in the other instances when that confirms it.</summary>
    /// <param name="plugin">The plugin's name. One that does not run here is dropped elsewhere.</param>
    /// <param name="cancellationToken">Ends the wait for the second tier's confirmation.</param>
    /// <returns>Whether it is confirmed; otherwise the second tier repeats it until it is, or this process ends.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what this instance held is dropped nevertheless.</exception>
    public ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _options.Catalog.ContainsKey(plugin)
            ? _engine.DropAsync(plugin, cancellationToken)
            : throw new ArgumentException("No plugin of that name is known.", nameof(plugin));
    }

    private static void ThrowIfNoName(string name)
    {
        if (!PluginName.IsValid(name))
        {
            throw new ArgumentException("A plugin's name is kebab-case, 1 to 64 characters.", nameof(name));
        }
    }
}
