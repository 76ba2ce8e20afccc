using System.Globalization;
using FastEnrich;

var options = new FastEnrichOptions().AddAllPlugins();
if (args is ["schema"])
{
    Console.WriteLine(ConfigurationSchema.Create(options.Catalog.Values));
    return;
}

Console.WriteLine(string.Join(' ', options.Catalog.Values.Select(static d => d.Name).Distinct().Order(StringComparer.Ordinal)));

options.LoadFile(Path.Combine(AppContext.BaseDirectory, "fastenrich.yaml"));
var enricher = PluginManager.Create(options);
await using (enricher.ConfigureAwait(false))
{
    await enricher.StartAsync().ConfigureAwait(false);
    var profile = await enricher.EnrichAsync("user-1", new EnrichOptions { Deadline = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{profile.Merged.Demographics?.City}, {string.Join('+', profile.Merged.Interests!.Order(StringComparer.Ordinal))}: {profile.SuccessCount} succeeded, {profile.ErrorCount} failed"));
}
