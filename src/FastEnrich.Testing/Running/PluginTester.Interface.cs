using System.Text.RegularExpressions;

namespace FastEnrich.Testing;

/// <content>What can be said of a plugin without calling it.</content>
public sealed partial class PluginTester
{
    /// <summary>Checks what the plugin says of itself, and that an instance can be made with the tester's configuration. Sends nothing.</summary>
    /// <returns>The report: name, version, metadata, schema, identities, dependencies, configuration, instance.</returns>
    public TestReport ValidatePluginInterface()
    {
        var check = new InterfaceCheck();
        check.Add("name", "Name and aliases are kebab-case of 1 to 64 characters", Names());
        check.Add("version", "The version is a semantic one",
            SemanticVersion().IsMatch(Descriptor.Metadata.Version) ? [] : [$"'{Descriptor.Metadata.Version}' is no semantic version"]);
        check.Add("metadata", "Description, author, license and capabilities are there", Metadata());
        check.Add("schema", "The schema does not contradict itself", SchemaCheck.Problems(Descriptor.Metadata.ConfigSchema));
        check.Add("identities", "Needed and provided identities have usable names, each once", Identities());
        check.Add("dependencies", "Dependencies are other plugins' names", Dependencies());
        check.Add("configuration", "The configuration is accepted", Descriptor.OptionsType is not null && Descriptor.BindOptions is null
            ? ["the plugin has options and nothing that binds them"]
            : Bind(Configuration()).Errors.Select(static error => error.ToString()));
        check.Add("instance", "An instance can be made, and keeps to what the descriptor declares", Instance());
        return new TestReport($"Interface of {Descriptor}", check.Results);
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex KebabCase();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdentityName();

    [GeneratedRegex(
        @"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
        + @"(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex SemanticVersion();

    private IEnumerable<string> Names() =>
        Descriptor.Aliases.Prepend(Descriptor.Name).Where(static name => name.Length > 64 || !KebabCase().IsMatch(name))
            .Select(static name => $"'{name}' is not kebab-case of 1 to 64 characters");

    private IEnumerable<string> Metadata()
    {
        var metadata = Descriptor.Metadata;
        (string Name, bool Missing)[] members =
        [
            ("Description", string.IsNullOrWhiteSpace(metadata.Description)), ("Author", string.IsNullOrWhiteSpace(metadata.Author)),
            ("License", string.IsNullOrWhiteSpace(metadata.License)),
            ("Capabilities", metadata.Capabilities.Count == 0 || metadata.Capabilities.Any(string.IsNullOrWhiteSpace)),
        ];
        return members.Where(static member => member.Missing).Select(static member => $"{member.Name} is empty");
    }

    private IEnumerable<string> Identities()
    {
        var needs = Descriptor.Needs.Select(static need => need.Name).ToList();
        foreach (var name in needs.Concat(Descriptor.Provides).Distinct(StringComparer.Ordinal).Where(static name => !IdentityName().IsMatch(name)))
        {
            yield return $"the identity '{name}' is not snake_case of 1 to 64 characters";
        }

        if (needs.Distinct(StringComparer.Ordinal).Count() != needs.Count
            || Descriptor.Provides.Distinct(StringComparer.Ordinal).Count() != Descriptor.Provides.Count)
        {
            yield return "an identity is declared twice";
        }
    }

    private IEnumerable<string> Dependencies() =>
        Descriptor.DependsOn.Where(name => name == Descriptor.Name || !KebabCase().IsMatch(name)).Select(static name => $"'{name}' is no other plugin's name");

    private List<string> Instance()
    {
        PluginInstance? instance = null;
        List<string> problems = [];
        try
        {
            instance = Create();
            var (plugin, needs) = (instance.Plugin, Descriptor.Needs.Select(static need => need.Name));
            problems.AddRange((plugin.LookupIdentities ?? []).Except(needs)
                .Select(static name => $"it looks users up by '{name}', which [Needs] does not declare"));
            problems.AddRange((plugin.ProvidedIdentities ?? []).Except(Descriptor.Provides)
                .Select(static name => $"it provides '{name}', which [Provides] does not declare"));
            if (plugin.RateLimit is <= 0 or double.NaN)
            {
                problems.Add("its rate limit is not more than zero");
            }

            if (plugin is IBatchEnrichmentPlugin { MaxBatchSize: < 1 })
            {
                problems.Add("its batches hold less than one user");
            }
        }
        catch (Exception exception)
        {
            problems.Add($"no instance: {exception.GetType().Name}: {exception.Message}");
        }
        finally
        {
            instance?.Context.Upstream.Dispose();
        }

        return problems;
    }
}
