using FastEnrich.Generators.Tests.Registry;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Generators.Tests.Binding;

internal static class Configurations
{
    public static (object? Options, IReadOnlyList<ConfigError> Errors) Bind(string plugin, params (string Key, string? Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(v => KeyValuePair.Create($"config:{v.Key}", v.Value)))
            .Build();
        var errors = new List<ConfigError>();
        var descriptor = new CapturingRegistrar().AddGeneratedPlugins().Plugins.Single(p => p.Name == plugin);
        return (descriptor.BindOptions!(new ConfigReader(configuration.GetSection("config"), errors)), errors);
    }
}
