namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>
/// Keeps away from limits that are hit: calls during a block lengthen it. The app's limit stops everybody, that of a user's own token only that user. Thread-safe.
/// </summary>
internal sealed class FacebookLimits(UpstreamLimits limits, TimeProvider time, bool tokenIsShared)
{
    private const int MaxResting = 10_000;
    private const int CallsPerPercent = 100; // a share is no number of calls: this many may be under way before one point of it counts as used

    private static readonly TimeSpan s_horizon = TimeSpan.FromMinutes(1); // the window rolls: what a slower minute gives back is news after a minute
    private static readonly TimeSpan s_unknownWait = TimeSpan.FromMinutes(5); // no time is named: a twelfth of the rolling hour
    private static readonly TimeSpan s_quotaWait = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Rest> _resting = new(StringComparer.Ordinal);

    public ValueTask EnterAsync(string operation, CancellationToken cancellationToken) => limits.EnterAsync(operation, cancellationToken);

    /// <summary>Returns why a user's token must rest, with the time that is left; <see langword="null"/> when it need not.</summary>
    public PluginException? Resting(string userId, string plugin, string operation)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!_resting.TryGetValue(userId, out var rest))
            {
                return null;
            }

            if (rest.Until > now)
            {
                return new PluginException(plugin, operation, "not sent: the user's own limit is reached", rest.Code, retryAfter: rest.Until - now);
            }

            _resting.Remove(userId);
            return null;
        }
    }

    /// <summary>Takes over what an answer says, and returns how long to wait when it failed by a limit.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="failure">What it failed with.</param>
    /// <param name="userId">Whose token it was asked with; <see langword="null"/> for one that all share.</param>
    public TimeSpan? Note(FacebookAnswer answer, FacebookFailure? failure, string? userId)
    {
        var now = time.GetUtcNow();
        var owner = tokenIsShared ? null : userId;
        var business = FacebookUsage.OfBusiness(answer);
        if (FacebookUsage.OfApp(answer) is { } app)
        {
            Note("app", app, now);
        }

        if (business is { } shared && owner is null)
        {
            Note("business", shared, now);
        }
        else if (business is { IsUp: true } own)
        {
            LetRest(owner!, new Rest(now + (own.Wait ?? s_unknownWait), PluginErrorCode.RateLimitError), now);
        }

        if (failure is not { Limit: not FacebookLimit.None } hit)
        {
            return answer.RetryAfter;
        }

        var wait = business?.Wait ?? answer.RetryAfter ?? (hit.Code == PluginErrorCode.QuotaExceeded ? s_quotaWait : s_unknownWait);
        if (hit.Limit == FacebookLimit.App || owner is null)
        {
            limits.Block(now + wait, hit.Code, hit.VendorCode);
        }
        else
        {
            LetRest(owner, new Rest(now + wait, hit.Code), now);
        }

        return wait;
    }

    private void Note(string window, FacebookUsage usage, DateTimeOffset now)
    {
        if (usage.IsUp)
        {
            limits.Block(now + (usage.Wait ?? s_unknownWait), PluginErrorCode.RateLimitError, "usage");
        }
        else
        {
            limits.Note(window, 100 * CallsPerPercent, (100 - usage.Percent) * CallsPerPercent, now + s_horizon);
        }
    }

    private void LetRest(string userId, Rest rest, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_resting.Count >= MaxResting)
            {
                foreach (var over in _resting.Where(entry => entry.Value.Until <= now).Select(static entry => entry.Key).ToList())
                {
                    _resting.Remove(over);
                }
            }

            if (_resting.Count < MaxResting)
            {
                _resting[userId] = rest; // beyond that, so many users are resting that the app's own limit is next
            }
        }
    }

    private readonly record struct Rest(DateTimeOffset Until, PluginErrorCode Code);
}
