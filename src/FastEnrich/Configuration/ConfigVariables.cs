using System.Text;

namespace FastEnrich.Configuration;

/// <summary>
/// Resolves <c>${VAR}</c>, <c>${VAR:-default}</c> and <c>${file:/run/secrets/name}</c> in the values of files, once; <c>$$</c> is a dollar sign.
/// </summary>
internal sealed class ConfigVariables(IReadOnlyDictionary<string, string> variables, ConfigErrors errors)
{
    /// <summary>Gets where the files are noted that values were read from.</summary>
    public ICollection<string> Files { get; init; } = [];

    /// <summary>Returns a node's value with its variables resolved; <see langword="null"/> when it has none or a mistake in it is reported.</summary>
    public string? Resolve(ConfigNode node)
    {
        if (node.Value is null || node.IsRefused)
        {
            return null;
        }

        if (node.Layer is not { HasVariables: true } || !node.Value.Contains('$', StringComparison.Ordinal))
        {
            return node.Value;
        }

        return node.Resolved ??= Substitute(node, node.Value);
    }

    public void ResolveAll(ConfigNode node)
    {
        Resolve(node);
        foreach (var child in node.Children)
        {
            ResolveAll(child);
        }
    }

    private string? Substitute(ConfigNode node, string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] != '$' || next is not ('$' or '{'))
            {
                result.Append(text[i]); // a lone '$' is itself: passwords have them
            }
            else if (next == '$')
            {
                result.Append('$');
                i++;
            }
            else
            {
                var end = text.IndexOf('}', i);
                if (end < 0 || !Append(result, node, text.AsSpan(i + 2, end - i - 2)))
                {
                    Refuse(node, "'${NAME}', '${NAME:-default}' or '${file:/path}', not nested ('$$' for a dollar sign)");
                    return null;
                }

                i = end;
            }
        }

        return node.IsRefused ? null : result.ToString();
    }

    private bool Append(StringBuilder result, ConfigNode node, ReadOnlySpan<char> expression)
    {
        if (expression.StartsWith(SecretFile.Prefix, StringComparison.Ordinal))
        {
            AppendFile(result, node, expression[SecretFile.Prefix.Length..].ToString());
            return true;
        }

        var colon = expression.IndexOf(":-");
        var name = (colon < 0 ? expression : expression[..colon]).ToString();
        if (!IsName(name) || expression.Contains("${", StringComparison.Ordinal))
        {
            return false;
        }

        node.HasVariables = true;
        var known = variables.TryGetValue(name, out var value);
        if (colon >= 0)
        {
            result.Append(string.IsNullOrEmpty(value) ? expression[(colon + 2)..] : value);
        }
        else if (known)
        {
            result.Append(value);
        }
        else
        {
            Refuse(node, $"the environment variable {name} to be set, or a default as in ${{{name}:-default}}");
        }

        return true;
    }

    private void AppendFile(StringBuilder result, ConfigNode node, string path)
    {
        node.HasVariables = true;
        if (SecretFile.TryRead(path, out var text, out var expected))
        {
            result.Append(text);
        }
        else
        {
            Refuse(node, expected);
        }

        if (Path.IsPathFullyQualified(path))
        {
            Files.Add(path); // also one that could not be read: it may come
        }
    }

    private void Refuse(ConfigNode node, string expected)
    {
        node.IsRefused = true;
        errors.Add(node, null, expected);
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
