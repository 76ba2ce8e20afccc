using System.Text.Json;
using System.Text.Unicode;
using FastEnrich.Plugins;

namespace FastEnrich.Registry;

/// <summary>Reads <c>plugin.json</c>: strict JSON within limits; every mistake is noted with its path, and fields that are not known are warnings.</summary>
internal sealed class ManifestReader
{
    public const int MaxDepth = 32;

    private readonly ManifestProblems _problems = new();

    private ManifestReader()
    {
    }

    public static ManifestReading Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > PluginManifest.MaxBytes)
        {
            return Refused($"a manifest has at most {PluginManifest.MaxBytes} bytes");
        }

        if (json.Span.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        if (!Utf8.IsValid(json.Span))
        {
            return Refused("a manifest is well-formed UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return new ManifestReader().Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return Refused($"not JSON of at most {MaxDepth} levels (line {(exception.LineNumber ?? 0) + 1})");
        }
    }

    private static ManifestReading Refused(string reason) => new() { Errors = [new ManifestProblem("$", reason)] };

    private ManifestReading Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refused("a manifest is an object");
        }

        ManifestKeys.CheckDuplicates(root, "", _problems);
        var fields = new ManifestFields(root, "", _problems);
        var name = fields.Text("name", PluginName.MaxLength, required: true);
        if (name is not null && !PluginName.IsValid(name))
        {
            _problems.Error("name", "a name is kebab-case: a to z, 0 to 9 and -, 1 to 64 characters");
        }

        var version = Version(fields, "version", required: true);
        var metadata = new PluginMetadata
        {
            Name = name ?? "",
            Version = version?.ToString() ?? "",
            Description = fields.Text("description", 2000) ?? "",
            Author = fields.Text("author", 200) ?? "",
            Website = Website(fields),
            License = fields.Text("license", 100),
            Capabilities = fields.Texts("capabilities", 64, 64) ?? [],
            Tags = fields.Texts("tags", 64, 64),
            ConfigSchema = fields.Object("config_schema") is { } schema ? ManifestSchema.Read(schema, _problems) : ConfigSchema.Empty,
        };
        var dependencies = Dependencies(fields, name);
        var (min, max) = (Version(fields, "min_engine_version"), Version(fields, "max_engine_version"));
        if (min > max)
        {
            _problems.Error("max_engine_version", "lies below min_engine_version");
        }

        var checksum = Checksum(fields);
        fields.WarnOfUnknown();
        return new ManifestReading
        {
            Manifest = _problems.Errors.Count > 0 ? null : new PluginManifest
            {
                Metadata = metadata with { Dependencies = [.. dependencies.Select(static dependency => dependency.Name)] },
                Version = version ?? default,
                Dependencies = dependencies,
                MinEngineVersion = min,
                MaxEngineVersion = max,
                Checksum = checksum,
            },
            Errors = _problems.Errors,
            Warnings = _problems.Warnings,
        };
    }

    private SemanticVersion? Version(ManifestFields fields, string name, bool required = false)
    {
        if (fields.Text(name, SemanticVersion.MaxLength, required) is not { } text)
        {
            return null;
        }

        if (SemanticVersion.TryParse(text, out var version))
        {
            return version;
        }

        _problems.Error(name, "a version is three numbers as in 1.2.3, with -prerelease and +build where needed (Semantic Versioning 2.0)");
        return null;
    }

    private string? Website(ManifestFields fields)
    {
        var text = fields.Text("website", 2048);
        if (text is null or "" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0))
        {
            return text;
        }

        _problems.Error("website", "a website is an absolute http or https address without user name");
        return null;
    }

    private List<PluginDependency> Dependencies(ManifestFields fields, string? self)
    {
        var dependencies = new List<PluginDependency>();
        var texts = fields.Texts("dependencies", 64, 256) ?? [];
        for (var i = 0; i < texts.Count; i++)
        {
            if (!PluginDependency.TryParse(texts[i], out var dependency))
            {
                _problems.Error($"dependencies[{i}]", "a dependency is a plugin's name, with versions behind a space where they matter, as in 'hubspot >=1.2.0 <2.0.0'");
            }
            else if (dependency.Name == self || dependencies.Any(other => other.Name == dependency.Name))
            {
                _problems.Error($"dependencies[{i}]", "names the plugin itself, or one that is named already");
            }
            else
            {
                dependencies.Add(dependency);
            }
        }

        return dependencies;
    }

    private string? Checksum(ManifestFields fields)
    {
        var text = fields.Text("checksum", 71);
        if (text is null || (text.Length == 71 && text.StartsWith("sha256:", StringComparison.Ordinal) && text.AsSpan(7).IndexOfAnyExcept("0123456789abcdef") < 0))
        {
            return text;
        }

        _problems.Error("checksum", "a checksum is sha256: and 64 hexadecimal digits in lower case");
        return null;
    }
}
