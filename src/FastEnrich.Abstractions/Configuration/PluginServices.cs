using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FastEnrich;

/// <summary>Finds what a plugin's constructor asks for. Called by generated factories.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PluginServices
{
    /// <summary>Gets a service that the plugin cannot do without.</summary>
    /// <typeparam name="T">The service.</typeparam>
    /// <param name="activation">The activation.</param>
    /// <param name="key">The key that the service is registered under; <see langword="null"/> for none.</param>
    /// <returns>The service.</returns>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: the host has no such service, or one that lives only as long as a scope.</exception>
    public static T Required<T>(PluginActivation activation, object? key = null)
        where T : class =>
        Optional<T>(activation, key) ?? throw Misfit<T>(activation, key, "the host does not have it; register it, or make the constructor's parameter nullable");

    /// <summary>Gets a service that the plugin can do without.</summary>
    /// <typeparam name="T">The service.</typeparam>
    /// <param name="activation">The activation.</param>
    /// <param name="key">The key that the service is registered under; <see langword="null"/> for none.</param>
    /// <returns>The service, or <see langword="null"/>.</returns>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: the service lives only as long as a scope.</exception>
    public static T? Optional<T>(PluginActivation activation, object? key = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(activation);
        var services = activation.Services;
        if (services.GetService(typeof(IServiceLifetimes)) is IServiceLifetimes lifetimes && lifetimes.IsScoped(typeof(T), key))
        {
            throw Misfit<T>(
                activation,
                key,
                "it is registered as scoped, and a plugin lives as long as the engine; "
                + "register it as a singleton, or take IServiceScopeFactory and open a scope per call");
        }

        return (key is null ? services.GetService(typeof(T)) : (services as IKeyedServiceProvider)?.GetKeyedService(typeof(T), key)) as T;
    }

    /// <summary>Gets the plugin's own logger under a class's name for it.</summary>
    /// <typeparam name="T">The class that asks.</typeparam>
    /// <param name="activation">The activation.</param>
    /// <returns>A logger that writes to the plugin's category.</returns>
    public static ILogger<T> Logger<T>(PluginActivation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return new PluginLogger<T>(activation.Context.Logger);
    }

    private static PluginException Misfit<T>(PluginActivation activation, object? key, string problem)
    {
        var plugin = activation.Context.Descriptor.Name;
        var service = key is null ? $"{typeof(T)}" : $"{typeof(T)} with the key '{key}'";
        return new PluginException(plugin, "create", $"The plugin '{plugin}' needs the service {service}: {problem}.", PluginErrorCode.InvalidConfig);
    }
}
