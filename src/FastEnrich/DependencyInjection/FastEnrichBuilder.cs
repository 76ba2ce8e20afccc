using FastEnrich;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class FastEnrichBuilder(IServiceCollection services) : IFastEnrichBuilder
{
    private readonly List<PluginDescriptor> _descriptors = [];
    private readonly List<Action<FastEnrichOptions>> _configure = [];

    public IServiceCollection Services { get; } = services;

    /// <summary>Gets what the options are read from, whose reload is the engine's.</summary>
    public List<IConfiguration> Configurations { get; } = [];

    /// <summary>Has the options set, after the plugins were added to them and in the order of the calls.</summary>
    public void Configure(Action<FastEnrichOptions> configure) => _configure.Add(configure);

    public void Apply(FastEnrichOptions options)
    {
        foreach (var descriptor in _descriptors)
        {
            options.AddPlugin(descriptor);
        }

        foreach (var configure in _configure)
        {
            configure(options);
        }
    }

    public void AddPlugin(PluginDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        _descriptors.Add(descriptor);
    }
}
