namespace FastEnrich.Sidecar.Http;

/// <summary>The query of a request; an unknown or repeated parameter is a mistake, not noise.</summary>
internal struct RequestQuery
{
    private const string IdentityPrefix = "identity.";

    public string? UserId { get; private set; }

    public IReadOnlyList<string>? Plugins { get; private set; }

    public TimeSpan? Deadline { get; private set; }

    public ProfileView? View { get; private set; }

    public Dictionary<string, string>? Identities { get; private set; }

    /// <summary>Reads the query; returns what is wrong with it, quoting nothing of it.</summary>
    public static string? Read(ReadOnlySpan<char> text, out RequestQuery query)
    {
        query = default;
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            var rawName = equals < 0 ? pair : pair[..equals];
            var rawValue = equals < 0 ? default : pair[(equals + 1)..];
            if (!PercentDecoder.TryDecode(rawName, plusIsSpace: true, out var name) || !PercentDecoder.TryDecode(rawValue, plusIsSpace: true, out var value))
            {
                return PercentDecoder.Problem;
            }

            if (query.Set(name, value) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? Set(string name, string value)
    {
        switch (name)
        {
            case "user_id" when UserId is null:
                UserId = value;
                return null;
            case "plugins" when Plugins is null:
                Plugins = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                return Plugins.Count is > 0 and <= 64 ? null : "plugins is a list of 1 to 64 names, as in plugins=hubspot,x";
            case "deadline" when Deadline is null:
                if (!ConfigDuration.TryParse(value, out var deadline) || deadline <= TimeSpan.Zero)
                {
                    return $"deadline is {ConfigDuration.Forms}, more than zero";
                }

                Deadline = deadline;
                return null;
            case "view" when View is null:
                View = value switch { "full" => ProfileView.Full, "merged" => ProfileView.Merged, _ => null };
                return View is null ? "view is full or merged" : null;
            case "user_id" or "plugins" or "deadline" or "view":
                return "a query parameter is given twice";
            default:
                return SetIdentity(name, value);
        }
    }

    private string? SetIdentity(string name, string value)
    {
        if (!name.StartsWith(IdentityPrefix, StringComparison.Ordinal))
        {
            return "the query parameters are plugins, deadline, view and identity.{name}, and user_id on /v1/profile";
        }

        Identities ??= new Dictionary<string, string>(StringComparer.Ordinal);
        return Identities.TryAdd(name[IdentityPrefix.Length..], value) ? null : "a query parameter is given twice";
    }
}
