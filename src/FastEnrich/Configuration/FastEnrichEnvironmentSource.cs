using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>The environment variables with the prefix <c>FASTENRICH__</c> as a source of configuration.</summary>
internal sealed class FastEnrichEnvironmentSource(IReadOnlyDictionary<string, string>? variables) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new FastEnrichEnvironmentProvider(variables);
}
