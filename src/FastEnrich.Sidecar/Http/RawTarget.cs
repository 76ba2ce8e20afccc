namespace FastEnrich.Sidecar.Http;

/// <summary>
/// A request target as it came over the wire. Kestrel's decoded and normalised path is never used: it would give <c>a%2Fb</c> and <c>a%252Fb</c> the same user.
/// </summary>
internal readonly ref struct RawTarget
{
    private RawTarget(Operation operation, ReadOnlySpan<char> userId, ReadOnlySpan<char> query)
    {
        Operation = operation;
        UserId = userId;
        Query = query;
    }

    public Operation Operation { get; }

    /// <summary>The segment of the id, or of the plugin's name; still encoded.</summary>
    public ReadOnlySpan<char> UserId { get; }

    /// <summary>What follows the question mark, still encoded.</summary>
    public ReadOnlySpan<char> Query { get; }

    public static RawTarget Parse(string rawTarget)
    {
        var target = WithoutAuthority(rawTarget);
        var mark = target.IndexOf('?');
        var path = mark < 0 ? target : target[..mark];
        var query = mark < 0 ? default : target[(mark + 1)..];
        const string Users = "/v1/users/";
        const string Plugins = "/v1/plugins/";
        if (path.StartsWith(Plugins, StringComparison.Ordinal))
        {
            return Plugin(path[Plugins.Length..], query);
        }

        const string Health = "/v1/health/";
        if (path.StartsWith(Health, StringComparison.Ordinal))
        {
            return HealthOf(path[Health.Length..], query);
        }

        if (!path.StartsWith(Users, StringComparison.Ordinal))
        {
            var operation = path switch
            {
                "/v1/plugins" => Operation.Plugins,
                "/v1/profile" => Operation.ProfileByQuery,
                "/v1/profile/refresh" => Operation.RefreshByQuery,
                "/healthz" => Operation.Live,
                "/readyz" => Operation.Ready,
                "/v1/health" => Operation.Health,
                _ => Operation.Unknown,
            };
            return new RawTarget(operation, default, query);
        }

        var rest = path[Users.Length..];
        var slash = rest.IndexOf('/');
        if (slash < 0)
        {
            return new RawTarget(Operation.User, rest, query);
        }

        var action = rest[slash..] switch
        {
            "/profile" => Operation.Profile,
            "/refresh" => Operation.Refresh,
            _ => Operation.Unknown,
        };
        return new RawTarget(action, rest[..slash], query);
    }

    private static RawTarget Plugin(ReadOnlySpan<char> rest, ReadOnlySpan<char> query)
    {
        var slash = rest.IndexOf('/');
        var operation = slash < 0 ? Operation.Plugin : rest[slash..] switch
        {
            "/enable" => Operation.PluginEnable,
            "/disable" => Operation.PluginDisable,
            "/reviews" => Operation.PluginReviews,
            "/log-level" => Operation.PluginLogLevel,
            _ => Operation.Unknown,
        };
        return new RawTarget(operation, slash < 0 ? rest : rest[..slash], query);
    }

    private static RawTarget HealthOf(ReadOnlySpan<char> rest, ReadOnlySpan<char> query)
    {
        var slash = rest.IndexOf('/');
        if (slash < 0)
        {
            return new RawTarget(Operation.PluginHealth, rest, query);
        }

        return new RawTarget(rest[slash..] is "/check" ? Operation.HealthCheck : Operation.Unknown, rest[..slash], query);
    }

    /// <summary>The target without <c>http://host</c>, which clients write when they talk to a proxy.</summary>
    private static ReadOnlySpan<char> WithoutAuthority(string rawTarget)
    {
        var target = rawTarget.AsSpan();
        if (target is ['/', ..])
        {
            return target;
        }

        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return target;
        }

        var authority = target[(scheme + 3)..];
        var slash = authority.IndexOf('/');
        return slash < 0 ? default : authority[slash..];
    }
}
