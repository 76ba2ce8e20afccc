using FastEnrich.Configuration;
using FastEnrich.Plugins;

namespace FastEnrich;

/// <content>Plugins that come, go and change while requests run. Each change swaps the table in one step: a request sees it before or after.</content>
public sealed partial class PluginManager
{
    private static readonly Dictionary<string, string?> s_noConfiguration = [];

    /// <summary>
    /// Starts a known plugin, or starts it anew with other settings: the new instance is made and connected, takes over in one step, and the old one is
    /// drained and disposed. What the old one fetched is not served any more.
    /// </summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <param name="settings">How it runs; its <see cref="PluginSettings.Options"/> are the plugin's own options.</param>
    /// <param name="cancellationToken">Ends the connecting; nothing has changed then.</param>
    /// <returns>A task that ends when the plugin takes requests and the old one is disposed.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    /// <exception cref="FastEnrichConfigurationException">A setting is out of range.</exception>
    /// <exception cref="PluginException">The plugin could not be made or connected; the old one, if any, goes on.</exception>
    /// <exception cref="InvalidOperationException">The engine runs 64 plugins already.</exception>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    public async ValueTask RegisterPluginAsync(string name, PluginSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await RegisterAsync(Known(name), settings, given: null, onlyWhenOff: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a known plugin, or starts it anew, with its own options read from a dictionary by its binder.</summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <param name="configuration">What would stand under <c>config</c> in a file, nested keys parted by colons; values are taken as they are.</param>
    /// <param name="settings">How it runs; <see langword="null"/> for the defaults. Its <see cref="PluginSettings.Options"/> are not used.</param>
    /// <param name="cancellationToken">Ends the connecting; nothing has changed then.</param>
    /// <returns>A task that ends when the plugin takes requests and the old one is disposed.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    /// <exception cref="FastEnrichConfigurationException">The configuration or a setting has mistakes; all of them are listed.</exception>
    /// <exception cref="PluginException">The plugin could not be made or connected; the old one, if any, goes on.</exception>
    /// <exception cref="InvalidOperationException">The engine runs 64 plugins already.</exception>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    public async ValueTask RegisterPluginAsync(
        string name,
        IReadOnlyDictionary<string, string?> configuration,
        PluginSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var descriptor = Known(name);
        await RegisterAsync(descriptor, PluginConfig.Bind(descriptor, configuration, settings), given: null, onlyWhenOff: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Starts a plugin that was made elsewhere. From its registration on the engine owns it, and disposes it when it is unregistered, disabled, replaced, or at
    /// the end; when the registration fails, it stays the caller's.
    /// </summary>
    /// <remarks>
    /// One instance runs once: it cannot be enabled again after it was disabled, nor be replaced when all its calls hang. A plugin that takes options
    /// implements <see cref="IConfigurablePlugin"/>.
    /// </remarks>
    /// <param name="plugin">The plugin.</param>
    /// <param name="configuration">
    /// Its own options, as they would stand under <c>config</c> in a file: checked and read by the binder of its type,
    /// and handed to <see cref="IConfigurablePlugin.Configure"/>.
    /// </param>
    /// <param name="name">
    /// What it is called; <see langword="null"/>, the default, for the name of the known plugin of its type.
    /// Needed for a type that no generator has described.
    /// </param>
    /// <param name="settings">How it runs; <see langword="null"/> for the defaults. Its <see cref="PluginSettings.Options"/> are not used.</param>
    /// <param name="cancellationToken">Ends the connecting; nothing has changed then.</param>
    /// <returns>A task that ends when the plugin takes requests and the old one of that name, if any, is disposed.</returns>
    /// <exception cref="ArgumentException">The type has no name, the name is another type's, or the instance has its options already and was given some.</exception>
    /// <exception cref="FastEnrichConfigurationException">The configuration or a setting has mistakes; all of them are listed.</exception>
    /// <exception cref="PluginException">The plugin could not be connected, or plugins would wait for each other; the old one, if any, goes on.</exception>
    /// <exception cref="InvalidOperationException">The engine runs 64 plugins already.</exception>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    public async ValueTask RegisterPluginAsync(
        IEnrichmentPlugin plugin,
        IReadOnlyDictionary<string, string?>? configuration = null,
        string? name = null,
        PluginSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var given = new GivenPlugin(plugin);
        var descriptor = given.Describe(_options, name);
        ThrowIfNoName(descriptor.Name);
        var takesOptions = plugin is IConfigurablePlugin;
        if (!takesOptions && configuration is { Count: > 0 } && descriptor.BindOptions is not null)
        {
            throw new ArgumentException($"The instance has its options already; a plugin that takes them later implements {nameof(IConfigurablePlugin)}.", nameof(configuration));
        }

        var bound = takesOptions || configuration is { Count: > 0 }
            ? PluginConfig.Bind(descriptor, configuration ?? s_noConfiguration, settings)
            : settings ?? new PluginSettings();
        await RegisterAsync(descriptor, bound, given, onlyWhenOff: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops a plugin: its calls are drained, it is disposed, and profiles no longer show it. Its settings are forgotten; one that was given as an instance
    /// under a name of its own is not known any more.
    /// </summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <returns>Whether it was running.</returns>
    public async ValueTask<bool> UnregisterPluginAsync(string name) => await StopPluginAsync(name, forget: true).ConfigureAwait(false);

    /// <summary>
    /// Starts a known plugin that does not run: as the configuration says, which is read anew for it, else as it ran before, else with its defaults. It stays
    /// on until it is disabled, or until a reloaded configuration changes its mind about it.
    /// </summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <param name="cancellationToken">Ends the connecting; nothing has changed then.</param>
    /// <returns>Whether it was off.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    /// <exception cref="FastEnrichConfigurationException">The configuration has mistakes; all of them are listed.</exception>
    /// <exception cref="PluginException">The plugin could not be made or connected; it stays off.</exception>
    /// <exception cref="InvalidOperationException">The engine runs 64 plugins already.</exception>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    public async ValueTask<bool> EnableAsync(string name, CancellationToken cancellationToken = default)
    {
        var descriptor = Known(name);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (_engine.Plugins.Find(descriptor.Name) is not null)
        {
            return false;
        }

        var dormant = await SettingsForAsync(descriptor, cancellationToken).ConfigureAwait(false);
        return await RegisterAsync(dormant.Descriptor, dormant.Settings, given: null, onlyWhenOff: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops a plugin as <see cref="UnregisterPluginAsync"/> does, and keeps its settings for <see cref="EnableAsync"/>. It stays off until it is enabled,
    /// or until a reloaded configuration changes its mind about it.
    /// </summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <returns>Whether it was running.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    public async ValueTask<bool> DisableAsync(string name) => await StopPluginAsync(Known(name).Name, forget: false).ConfigureAwait(false);

    private PluginDescriptor Known(string name) =>
        _options.FindPlugin(name) ?? throw new ArgumentException($"No plugin '{ConfigErrors.Shorten(name)}' is known; register its factory or descriptor first.", nameof(name));
}
