using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace FastEnrich;

/// <summary>Finds what a plugin's constructor asks for. Called by generated factories.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PluginServices
{
    /// <summary>Gets a service that the plugin cannot do without.</summary>
    /// <typeparam name="T">The service.</typeparam>
    /// <param name="activation">The activation.</param>
    /// <returns>The service.</returns>
    /// <exception cref="InvalidOperationException">The host has no such service.</exception>
    public static T Required<T>(PluginActivation activation)
        where T : class =>
        Optional<T>(activation) ?? throw new InvalidOperationException(
            $"The plugin '{activation.Context.Descriptor.Name}' needs the service {typeof(T).FullName}, which the host does not have. Register it, or make the constructor's parameter nullable.");

    /// <summary>Gets a service that the plugin can do without.</summary>
    /// <typeparam name="T">The service.</typeparam>
    /// <param name="activation">The activation.</param>
    /// <returns>The service, or <see langword="null"/>.</returns>
    public static T? Optional<T>(PluginActivation activation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(activation);
        return activation.Services.GetService(typeof(T)) as T;
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
}
