namespace FastEnrich;

/// <summary>
/// Keeps a plugin within what its upstream allows: nothing is sent while a limit is hit, and near one the calls left are spread over the time to its reset.
/// Thread-safe; bounded, whatever the upstream sends.
/// </summary>
public sealed class UpstreamLimits
{
    private const int MaxWindows = 16; // the most that any upstream announces is six

    private static readonly TimeSpan s_shortestQuota = TimeSpan.FromMinutes(1); // what resets sooner is a rate: busy plugins use it up all the time
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1); // a flight has better uses for its budget
    private static readonly TimeSpan s_longestBlock = TimeSpan.FromHours(24); // a damaged header must not silence a plugin for good

    private readonly string _plugin;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LimitWindow> _windows = new(StringComparer.Ordinal);
    private DateTimeOffset _blockedUntil;
    private PluginErrorCode _code;
    private string? _vendorCode;

    /// <summary>Initializes the limits of a plugin; nothing is limited until the upstream says so.</summary>
    /// <param name="plugin">The plugin that refusals are reported for.</param>
    /// <param name="time">The clock.</param>
    public UpstreamLimits(string plugin, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(plugin);
        ArgumentNullException.ThrowIfNull(time);
        _plugin = plugin;
        _time = time;
    }

    /// <summary>Initializes the limits of a plugin and has its health tell what is left of them; nothing is limited until the upstream says so.</summary>
    /// <param name="upstream">The client that the limits are of.</param>
    /// <param name="time">The clock.</param>
    public UpstreamLimits(UpstreamClient upstream, TimeProvider time)
        : this((upstream ?? throw new ArgumentNullException(nameof(upstream))).PluginName, time) => upstream.Condition.Watch(this);

    /// <summary>Takes over what an answer says of a limit. Numbers that make no sense are clamped, or left out.</summary>
    /// <param name="window">The limit's name, one of a few constants of the plugin's.</param>
    /// <param name="limit">How many calls a window allows; less than 1 says nothing.</param>
    /// <param name="remaining">How many are left in it.</param>
    /// <param name="resetAt">When it starts anew; a time in the past says nothing.</param>
    public void Note(string window, long limit, long remaining, DateTimeOffset resetAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(window);
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (limit < 1 || resetAt <= now)
            {
                _windows.Remove(window);
            }
            else if (_windows.TryGetValue(window, out var known))
            {
                known.Update(limit, remaining, Clamp(resetAt, now));
            }
            else if (_windows.Count < MaxWindows || Forget(now))
            {
                _windows[window] = new LimitWindow(limit, remaining, Clamp(resetAt, now));
            }
        }
    }

    /// <summary>Stops all calls for a time. The later end of two stands.</summary>
    /// <param name="until">The end; at most 24 hours from now, then one call is tried.</param>
    /// <param name="code"><see cref="PluginErrorCode.RateLimitError"/> or <see cref="PluginErrorCode.QuotaExceeded"/>.</param>
    /// <param name="vendorCode">The upstream's own code for it; shown when it is 1 to 64 of <c>A-Z a-z 0-9 _ . -</c>.</param>
    public void Block(DateTimeOffset until, PluginErrorCode code, string? vendorCode = null)
    {
        if (code is not (PluginErrorCode.RateLimitError or PluginErrorCode.QuotaExceeded))
        {
            throw new ArgumentOutOfRangeException(nameof(code), code, "a limit is a rate limit or a quota");
        }

        lock (_lock)
        {
            var end = Clamp(until, _time.GetUtcNow());
            if (end > _blockedUntil)
            {
                (_blockedUntil, _code, _vendorCode) = (end, code, UpstreamResponse.IsPlain(vendorCode) ? vendorCode : null);
            }
        }
    }

    /// <summary>Waits for its turn, at most a second; call it before each request.</summary>
    /// <param name="operation">What is attempted, as a short snake_case phrase such as <c>read_contact</c>.</param>
    /// <param name="cancellationToken">The flight's token.</param>
    /// <returns>A task that ends when the request may be sent.</returns>
    /// <exception cref="PluginException">
    /// The request must not be sent now: <see cref="PluginErrorCode.RateLimitError"/> or <see cref="PluginErrorCode.QuotaExceeded"/>,
    /// with the time that is left.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public ValueTask EnterAsync(string operation, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan wait;
        lock (_lock)
        {
            wait = Take(operation, _time.GetUtcNow());
        }

        return wait <= TimeSpan.Zero ? ValueTask.CompletedTask : new(WaitAsync(wait, operation, cancellationToken));
    }

    /// <summary>Says which share is left of the quota that is nearest to its end; <see langword="null"/> when nothing is known that lasts a minute or more.</summary>
    internal double? Left(DateTimeOffset now)
    {
        lock (_lock)
        {
            double? least = _blockedUntil - now >= s_shortestQuota ? 0 : null;
            foreach (var window in _windows.Values)
            {
                if (window.ResetAt - now >= s_shortestQuota && !(window.Left >= least))
                {
                    least = window.Left;
                }
            }

            return least;
        }
    }

    private async Task WaitAsync(TimeSpan wait, string operation, CancellationToken cancellationToken)
    {
        await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            ThrowIfBlocked(operation, _time.GetUtcNow()); // somebody else's call may have hit the limit meanwhile
        }
    }

    private TimeSpan Take(string operation, DateTimeOffset now)
    {
        ThrowIfBlocked(operation, now);
        var wait = TimeSpan.Zero;
        foreach (var window in _windows.Values)
        {
            var turn = window.TurnAt(now);
            wait = turn - now > wait ? turn - now : wait;
        }

        if (wait > s_longestWait)
        {
            throw Refusal(operation, PluginErrorCode.RateLimitError, null, wait);
        }

        foreach (var window in _windows.Values)
        {
            window.Take(now + wait);
        }

        return wait;
    }

    private void ThrowIfBlocked(string operation, DateTimeOffset now)
    {
        if (now < _blockedUntil)
        {
            throw Refusal(operation, _code, _vendorCode, _blockedUntil - now);
        }
    }

    private PluginException Refusal(string operation, PluginErrorCode code, string? vendorCode, TimeSpan wait)
    {
        var limit = code == PluginErrorCode.QuotaExceeded ? "the quota is used up" : "the rate limit is reached";
        return new PluginException(_plugin, operation, vendorCode is null ? $"not sent: {limit}" : $"not sent: {limit}, {vendorCode}", code, retryAfter: wait);
    }

    private bool Forget(DateTimeOffset now)
    {
        var over = _windows.Where(entry => entry.Value.ResetAt <= now).Select(static entry => entry.Key).ToList();
        over.ForEach(name => _windows.Remove(name));
        return over.Count > 0;
    }

    private static DateTimeOffset Clamp(DateTimeOffset time, DateTimeOffset now) => time - now > s_longestBlock ? now + s_longestBlock : time;
}
