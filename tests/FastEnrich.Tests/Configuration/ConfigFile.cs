namespace FastEnrich.Tests.Configuration;

/// <summary>A configuration file that lives as long as a test.</summary>
internal sealed class ConfigFile : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();
    private readonly string _directory = Directory.CreateTempSubdirectory("fastenrich-").FullName;

    public ConfigFile(string content, string name = "fastenrich.yaml")
    {
        Path = System.IO.Path.Combine(_directory, name);
        File.WriteAllText(Path, content);
    }

    public string Path { get; }

    public FastEnrichOptions Load(params (string Name, string Value)[] variables)
    {
        var options = CreateOptions();
        options.LoadFile(Path, Variables(variables));
        return options;
    }

    /// <summary>Returns each mistake as one line, with the file's directory cut off.</summary>
    public string[] Validate(params (string Name, string Value)[] variables) =>
        [.. FastEnrichConfiguration.Validate(Path, FakePlugins.All, Variables(variables)).Select(error => error.ToString().Replace(_directory + System.IO.Path.DirectorySeparatorChar, ""))];

    public static FastEnrichOptions CreateOptions()
    {
        var options = new FastEnrichOptions();
        foreach (var plugin in FakePlugins.All)
        {
            options.AddPlugin(plugin);
        }

        return options;
    }

    public static IReadOnlyDictionary<string, string> Variables((string Name, string Value)[] variables) =>
        variables.Length == 0 ? NoVariables : variables.ToDictionary(variable => variable.Name, variable => variable.Value);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
