using FastEnrich.Telemetry;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Plugins;

/// <summary>Makes plugin instances with what they are given: upstream client, clock, logger, options, services.</summary>
internal static class PluginActivator
{
    public static PluginInstance Activate(PluginDescriptor descriptor, PluginSettings settings, FastEnrichOptions options, ILogger logger, PluginUsage usage)
    {
        var handler = UpstreamClient.CreateHandler();
        UpstreamClient? upstream = null;
        try
        {
            foreach (var name in descriptor.Aliases.Prepend(descriptor.Name))
            {
                if (options.Upstreams.TryGetValue(name, out var configure))
                {
                    configure(handler);
                }
            }

            upstream = new UpstreamClient(descriptor.Name, handler, new UpstreamClientOptions { TimeProvider = options.TimeProvider }) { Usage = usage.Upstream };
            var context = new PluginContext(descriptor, upstream, options.TimeProvider, logger);
            return new(descriptor.Create(new PluginActivation(context, settings.Options, options.Services ?? NoServices.Instance)), upstream);
        }
        catch (Exception exception)
        {
            upstream?.Dispose();
            handler.Dispose();
            throw exception as PluginException
                ?? new PluginException(
                    descriptor.Name,
                    "create",
                    $"The plugin '{descriptor.Name}' could not be made ({exception.GetType().Name}).",
                    PluginErrorCode.InvalidConfig,
                    cause: exception);
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
