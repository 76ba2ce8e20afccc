using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>A YAML or JSON file as a source of configuration.</summary>
internal sealed class FastEnrichFileSource(Func<ConfigDocument> read, string? watched = null, TimeProvider? time = null) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new FastEnrichFileProvider(read, watched, time);
}
