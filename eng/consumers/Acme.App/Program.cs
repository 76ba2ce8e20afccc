using System.Globalization;
using FastEnrich;

var options = new FastEnrichOptions().AddAllPlugins();
Console.WriteLine(string.Join(' ', options.Catalog.Values.Select(static d => d.Name).Distinct().Order(StringComparer.Ordinal)));

options.Plugins["http"] = new PluginSettings { Enabled = false };
var enricher = PluginManager.Create(options);
await using (enricher.ConfigureAwait(false))
{
    await enricher.StartAsync().ConfigureAwait(false);
    var profile = await enricher.EnrichAsync("user-1", new EnrichOptions { Deadline = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{profile.Merged.Demographics?.City}: {profile.SuccessCount} succeeded, {profile.ErrorCount} failed"));
}
