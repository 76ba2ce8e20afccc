using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>The vendor's OpenAPI documents, as far as requests go.</summary>
internal sealed partial class PipedriveSpecification
{
    private readonly Dictionary<string, YamlMappingNode> _paths = [];

    public PipedriveSpecification()
    {
        Load("openapi.v2.yaml", "/api/v2");
        Load("openapi.v1.yaml", "/v1");
    }

    /// <summary>Returns what is wrong with a request, nothing when it keeps to the specification.</summary>
    public IEnumerable<string> Problems(Uri uri)
    {
        if (Operation(uri) is not { } operation)
        {
            yield return $"{uri.AbsolutePath}: no such path";
            yield break;
        }

        var parameters = operation.Children.TryGetValue("parameters", out var listed) ? ((YamlSequenceNode)listed).Cast<YamlMappingNode>().Where(parameter => Text(parameter, "in") == "query").ToDictionary(parameter => Text(parameter, "name")!) : [];
        var given = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]));
        foreach (var missing in parameters.Where(parameter => Text(parameter.Value, "required") == "true" && !given.ContainsKey(parameter.Key)))
        {
            yield return $"{uri.AbsolutePath}: {missing.Key} is required";
        }

        foreach (var (name, value) in given)
        {
            if (!parameters.TryGetValue(name, out var parameter) || !Fits(parameter, value))
            {
                yield return $"{uri.AbsolutePath}: {name}={value}";
            }
        }
    }

    /// <summary>Returns what a request costs, in API tokens.</summary>
    public int CostOf(Uri uri) => int.Parse(Text(Operation(uri)!, "x-token-cost")!, CultureInfo.InvariantCulture);

    private static bool Fits(YamlMappingNode parameter, string value)
    {
        var schema = (YamlMappingNode)parameter["schema"];
        var parts = value.Split(',');
        var allowed = schema.Children.TryGetValue("enum", out var names) ? ((YamlSequenceNode)names).Select(name => name.ToString()).ToList() : null;
        var most = MaximumPattern().Matches(Text(parameter, "description") ?? "").Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).FirstOrDefault(int.MaxValue);
        return Text(schema, "type") switch
        {
            "integer" => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (Text(parameter, "name") != "limit" || (number >= 1 && number <= most)),
            "boolean" => value is "true" or "false",
            "array" => parts.Length <= most && parts.All(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)),
            _ => allowed is null ? Text(parameter, "name") is not ("ids" or "custom_fields") || parts.Length <= most : parts.All(allowed.Contains),
        };
    }

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    private YamlMappingNode? Operation(Uri uri)
    {
        var path = _paths.GetValueOrDefault(uri.AbsolutePath) ?? _paths.GetValueOrDefault(IdPattern().Replace(uri.AbsolutePath, "/{id}"));
        return path is not null && path.Children.TryGetValue("get", out var operation) ? (YamlMappingNode)operation : null;
    }

    private void Load(string file, string prefix)
    {
        using var text = File.OpenText(PipedriveRecordings.Require(file));
        var stream = new YamlStream();
        stream.Load(text);
        foreach (var (path, operations) in (YamlMappingNode)((YamlMappingNode)stream.Documents[0].RootNode)["paths"])
        {
            _paths[prefix + path] = (YamlMappingNode)operations;
        }
    }

    [GeneratedRegex("(?:up to |maximum of |maximum value of )([0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex MaximumPattern();

    [GeneratedRegex("/[0-9]+$")]
    private static partial Regex IdPattern();
}
