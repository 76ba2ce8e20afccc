using System.Text;

namespace FastEnrich.Aot;

internal static class Wire
{
    public static async Task RoundTrips()
    {
        var options = new FastEnrichOptions().AddAllPlugins();
        options.Plugins["still"] = new PluginSettings { Options = new StillOptions() };
        await using var manager = PluginManager.Create(options);
        await manager.StartAsync();
        var json = ProfileJson.ToUtf8Bytes(await manager.EnrichAsync("a/b \"c\" \u0001 \U0001F600"));

        var parsed = ProfileJson.Parse(json)!;

        Check.Equal("a/b \"c\" \u0001 \U0001F600", parsed.UserId);
        Check.Equal("Porto", parsed.Enrichments["still"].Demographics?.City);
        Check.Equal(PluginState.Fresh, parsed.Status["still"].State);
        Check.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(ProfileJson.ToUtf8Bytes(parsed)));
    }
}
