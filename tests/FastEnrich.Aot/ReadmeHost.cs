using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FastEnrich.Aot;

/// <summary>The README's example of a host; a test holds the two to the same text.</summary>
internal static class ReadmeHost
{
    public static async Task RunAsync()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("plugins:still:config:city", "Faro")])
            .Build();
        var services = new ServiceCollection();
        services.AddFastEnrich(configuration)
            .AddAllPlugins();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<PluginManager>().StartAsync();
        var profile = await provider.GetRequiredService<IProfileEnricher>().EnrichAsync("user-1");

        Check.Equal("Faro", profile.Merged.Demographics?.City);
    }
}
