using FastEnrich;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class FastEnrichBuilder(IServiceCollection services) : IFastEnrichBuilder
{
    private readonly List<PluginDescriptor> _descriptors = [];

    public IServiceCollection Services { get; } = services;

    public IReadOnlyList<PluginDescriptor> Descriptors => _descriptors;

    public void AddPlugin(PluginDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        _descriptors.Add(descriptor);
    }
}
