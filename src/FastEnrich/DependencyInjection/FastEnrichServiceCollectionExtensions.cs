using System.Diagnostics.Metrics;
using FastEnrich;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a FastEnrich engine to a service collection.</summary>
public static class FastEnrichServiceCollectionExtensions
{
    /// <summary>Adds an engine that reads its options from configuration: the sections <c>engine</c> and <c>plugins</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The configuration, read when the engine is first needed or the host starts; all mistakes in it are reported together. When it is reloaded, so is the engine.
    /// </param>
    /// <returns>A builder for plugins and tiers.</returns>
    public static IFastEnrichBuilder AddFastEnrich(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var builder = Add(services, options => options.Bind(configuration));
        builder.Configurations.Add(configuration);
        return builder;
    }

    /// <summary>Adds an engine that code configures.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; called after the builder's plugins were added to them.</param>
    /// <returns>A builder for plugins and tiers; of a second call, the builder of the first.</returns>
    public static IFastEnrichBuilder AddFastEnrich(this IServiceCollection services, Action<FastEnrichOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, configure);
    }

    private static FastEnrichBuilder Add(IServiceCollection services, Action<FastEnrichOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.FirstOrDefault(static service => service.ServiceType == typeof(FastEnrichBuilder))?.ImplementationInstance is not FastEnrichBuilder builder)
        {
            builder = new FastEnrichBuilder(services);
            services.AddSingleton(builder);
            services.AddSingleton<IServiceLifetimes>(new ServiceLifetimes(services));
        }

        builder.Configure(configure);
        services.TryAddSingleton(provider => PluginManager.Create(() => Read(provider, builder)));
        services.TryAddSingleton<IProfileEnricher>(static provider => provider.GetRequiredService<PluginManager>());
        services.TryAddSingleton(static provider => provider.GetRequiredService<PluginManager>().Health);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FastEnrichHostedService>());
        return builder;
    }

    private static FastEnrichOptions Read(IServiceProvider provider, FastEnrichBuilder builder)
    {
        var options = new FastEnrichOptions
        {
            Services = provider,
            LoggerFactory = provider.GetService<ILoggerFactory>(),
            MeterFactory = provider.GetService<IMeterFactory>(),
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
        };
        builder.Apply(options);
        return options;
    }
}
