using FastEnrich.Configuration;
using FastEnrich.Configuration.Schema;

namespace FastEnrich.Tests.Configuration;

/// <summary>Every key that section engine can have, as its reader asks for it: a reload applies it, or says that it needs a restart.</summary>
public sealed class EngineChangesTests
{
    public static TheoryData<string> Keys => [.. Walk(EngineSection.Describe(), "engine").Select(static pair => pair.Path)];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Reload_AnyKeyOfTheEngineChanged_IsAppliedOrNamed(string path)
    {
        using var file = new ConfigFile("plugins: {}");
        await using var manager = PluginManager.Create(() => Read(file));
        File.WriteAllText(file.Path, Yaml(path));

        var report = await manager.ReloadAsync();

        var told = Assert.Single(report.EngineChanged.Concat(report.NeedRestart));
        Assert.StartsWith(told, path); // encryption is one thing
        if (report.EngineChanged.Count > 0)
        {
            Assert.True((await manager.ReloadAsync()).IsEmpty); // it is what the engine has now
        }
    }

    private static IEnumerable<(string Path, SchemaEntry Entry)> Walk(SchemaSection section, string above) => section.Entries.SelectMany(entry => entry.Kind switch
    {
        SchemaKind.Section => Walk(entry.Section!, $"{above}:{entry.Key}"),
        SchemaKind.List => [($"{above}:{entry.Key}", entry)],
        _ => [($"{above}:{entry.Key}", entry)],
    });

    /// <summary>A valid value that is no default.</summary>
    private static string Yaml(string path)
    {
        var entry = Walk(EngineSection.Describe(), "engine").Single(pair => pair.Path == path).Entry;
        const string key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        if (path.StartsWith("engine:redis:encryption", StringComparison.Ordinal))
        {
            return $"plugins: {{}}\nengine: {{ redis: {{ encryption: {{ index_key: '{key}', keys: [ {{ id: k1, key: '{key}' }} ] }} }} }}";
        }

        var value = entry.Kind switch
        {
            SchemaKind.Duration => "7s",
            SchemaKind.Integer => entry.Maximum >= 17 ? "17" : "7",
            SchemaKind.Number => "0.7",
            SchemaKind.Size => "100KiB",
            SchemaKind.Text when path == "engine:redis:connection" => "redis://somewhere",
            SchemaKind.Text => "some",
            _ => throw new InvalidOperationException($"{path}: a value of {entry.Kind} is not known here"),
        };
        var words = path.Split(':');
        return $"plugins: {{}}\n{string.Concat(words[..^1].Select(static word => $"{word}: {{ "))}{words[^1]}: '{value}'{string.Concat(Enumerable.Repeat(" }", words.Length - 1))}";
    }

    private static FastEnrichOptions Read(ConfigFile file)
    {
        var options = new FastEnrichOptions();
        options.LoadFile(file.Path, new Dictionary<string, string>());
        return options;
    }
}
