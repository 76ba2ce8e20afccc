namespace FastEnrich.Simulators;

/// <summary>One call of the Graph API as it came in, alone or within a batch.</summary>
/// <param name="Path">The segments below the version.</param>
/// <param name="Parameters">The query, decoded, without token and proof.</param>
/// <param name="Token">The access token, or <see langword="null"/>.</param>
/// <param name="Proof">The proof, or <see langword="null"/>.</param>
/// <param name="ETag">The validator that the client has, or <see langword="null"/>.</param>
internal sealed record FacebookCall(string[] Path, IReadOnlyDictionary<string, string> Parameters, string? Token, string? Proof, string? ETag)
{
    /// <summary>Cuts the version off, which may be missing.</summary>
    public static string[] WithoutVersion(string[] path) =>
        path is [['v', >= '1' and <= '9', ..] version, ..] && version.Contains('.', StringComparison.Ordinal) ? path[1..] : path;

    /// <summary>Reads a query; of two parameters of one name the last counts.</summary>
    public static Dictionary<string, string> Parse(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parameters[Uri.UnescapeDataString(pair[..equals])] = Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
            }
        }

        return parameters;
    }

    /// <summary>Makes the call that a path with its query stands for; token and proof of its own go before those of what it is part of.</summary>
    public static FacebookCall Of(string[] path, string query, string? token, string? proof, string? etag)
    {
        var parameters = Parse(query);
        var hasToken = parameters.Remove("access_token", out var own);
        return parameters.Remove("appsecret_proof", out var ownProof) || hasToken
            ? new(path, parameters, hasToken ? own : token, ownProof, etag)
            : new(path, parameters, token, proof, etag);
    }
}
