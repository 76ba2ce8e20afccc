namespace FastEnrich;

/// <summary>
/// What a plugin instance knows of its token and its quota, for the engine's health. <see cref="OAuthTokens"/> and <see cref="UpstreamLimits"/> that are made
/// with the instance's client tell it by themselves; other plugins may report. Thread-safe; bounded.
/// </summary>
public sealed class UpstreamCondition
{
    private const int MaxSources = 32; // the plugins have at most a dozen

    private static readonly TimeSpan s_notice = TimeSpan.FromDays(1); // somebody has to replace it by hand

    private readonly Lock _lock = new();
    private readonly List<OAuthTokens> _tokens = [];
    private readonly List<UpstreamLimits> _limits = [];
    private DateTimeOffset? _tokenExpiresAt;
    private DateTimeOffset _quotaResetAt;
    private double _quotaLeft;

    /// <summary>Reports when a token expires that the plugin cannot renew by itself. A day before, the plugin is degraded; afterwards it is unhealthy.</summary>
    /// <param name="expiresAt">The time; <see langword="null"/> when the token does not expire, or was replaced by one that does not.</param>
    public void ReportToken(DateTimeOffset? expiresAt)
    {
        lock (_lock)
        {
            _tokenExpiresAt = expiresAt;
        }
    }

    /// <summary>Reports what is left of a quota. A tenth or less makes the plugin degraded until the reset.</summary>
    /// <param name="left">The share that is left, from 0 to 1.</param>
    /// <param name="resetAt">When the quota starts anew; the report stands until then.</param>
    public void ReportQuota(double left, DateTimeOffset resetAt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left, 1);
        if (double.IsNaN(left))
        {
            throw new ArgumentOutOfRangeException(nameof(left), left, "a share is a number from 0 to 1");
        }

        lock (_lock)
        {
            (_quotaLeft, _quotaResetAt) = (left, resetAt);
        }
    }

    internal void Watch(OAuthTokens tokens) => Add(_tokens, tokens);

    internal void Watch(UpstreamLimits limits) => Add(_limits, limits);

    internal UpstreamStanding Read(DateTimeOffset now)
    {
        OAuthTokens[] tokens;
        UpstreamLimits[] limits;
        DateTimeOffset? expiresAt;
        double? quota;
        lock (_lock)
        {
            (tokens, limits, expiresAt) = ([.. _tokens], [.. _limits], _tokenExpiresAt);
            quota = now < _quotaResetAt ? _quotaLeft : null;
        }

        var standing = now >= expiresAt ? TokenStanding.Expired : now >= expiresAt - s_notice ? TokenStanding.Expiring : TokenStanding.Good;
        foreach (var token in tokens)
        {
            var (theirs, expiry) = token.Read(now);
            standing = theirs > standing ? theirs : standing;
            expiresAt = expiry < (expiresAt ?? DateTimeOffset.MaxValue) ? expiry : expiresAt;
        }

        foreach (var left in limits.Select(limit => limit.Left(now)))
        {
            quota = left < (quota ?? 2) ? left : quota;
        }

        return new(standing, expiresAt, quota);
    }

    private void Add<T>(List<T> sources, T source)
    {
        lock (_lock)
        {
            if (sources.Count < MaxSources)
            {
                sources.Add(source);
            }
        }
    }
}
