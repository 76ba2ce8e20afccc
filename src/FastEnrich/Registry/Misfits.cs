namespace FastEnrich.Registry;

/// <summary>What keeps a plugin from running here: this engine's version, and the plugins it needs. Pure.</summary>
internal static class Misfits
{
    public static IReadOnlyList<ManifestProblem> Of(PluginManifest manifest, SemanticVersion engine, Func<string, PluginManifest?> find)
    {
        var problems = new List<ManifestProblem>();
        if (!manifest.Runs(engine))
        {
            var path = manifest.MinEngineVersion > engine ? "min_engine_version" : "max_engine_version";
            problems.Add(new ManifestProblem(path, $"this engine is {engine}"));
        }

        foreach (var dependency in manifest.Dependencies)
        {
            if (find(dependency.Name) is not { } other)
            {
                problems.Add(new ManifestProblem("dependencies", $"{dependency.Name} is not known here"));
            }
            else if (dependency.Versions?.Contains(other.Version) == false)
            {
                problems.Add(new ManifestProblem("dependencies", $"{dependency} is needed, {other.Version} is here"));
            }
        }

        return problems;
    }
}
