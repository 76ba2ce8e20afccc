using FastEnrich;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds plugins and tiers to a FastEnrich engine that lives in a service collection.</summary>
public interface IFastEnrichBuilder : IPluginRegistrar
{
    /// <summary>Gets the services.</summary>
    IServiceCollection Services { get; }
}
