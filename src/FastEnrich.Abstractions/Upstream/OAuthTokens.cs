namespace FastEnrich;

/// <summary>
/// The application's own access token: fetched when it is first needed, renewed before it expires and after it was refused, shared by all calls. Thread-safe; kept in memory only.
/// </summary>
/// <remarks>
/// One request to the token endpoint serves everybody who waits; a caller that is cancelled ends its own wait alone.
/// After a failed request the endpoint rests for a moment, so that broken credentials do not hammer it.
/// </remarks>
public sealed class OAuthTokens
{
    private const string Operation = "get_token";

    private static readonly TimeSpan s_longestMargin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_restAfterRefusal = TimeSpan.FromSeconds(30); // nobody repairs a credential faster
    private static readonly TimeSpan s_restAfterTrouble = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMinutes(5);

    private readonly UpstreamClient? _upstream;
    private readonly OAuthRequest? _request;
    private readonly TimeSpan? _assumedLifetime;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private AccessToken? _token;
    private DateTimeOffset _obtainedAt;
    private DateTimeOffset _renewAt;
    private DateTimeOffset _restUntil;
    private PluginException? _failure; // the one that the rest follows
    private int _refusals; // tokens in a row that the upstream refused while they were young
    private Task<OAuthOutcome>? _renewal;

    /// <summary>Initializes the token of an application; nothing is sent yet.</summary>
    /// <param name="upstream">The client that asks the token endpoint.</param>
    /// <param name="options">How tokens are got.</param>
    /// <param name="time">The clock that lifetimes are measured with.</param>
    /// <exception cref="ArgumentException">The options cannot work; the message names the option and quotes nothing.</exception>
    public OAuthTokens(UpstreamClient upstream, OAuthOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _upstream = upstream;
        _request = new OAuthRequest(options, time);
        _assumedLifetime = options.AssumedLifetime;
        _time = time;
        upstream.Condition.Watch(this);
    }

    private OAuthTokens(string token)
    {
        _token = new AccessToken(token);
        _renewAt = DateTimeOffset.MaxValue;
        _time = TimeProvider.System;
    }

    /// <summary>Gets whether a refused token can be replaced by a new one.</summary>
    public bool CanRenew => _request is not null;

    /// <summary>Wraps a token that was given once and for all, so that a plugin has one shape for both.</summary>
    /// <param name="token">The token: visible ASCII characters without blanks.</param>
    /// <returns>The token's source; it never renews it.</returns>
    /// <exception cref="ArgumentException">The token is empty or cannot stand in a header.</exception>
    public static OAuthTokens Static(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        return OAuthAnswer.IsToken(token) ? new OAuthTokens(token) : throw new ArgumentException("a token must be visible ASCII characters without blanks", nameof(token));
    }

    /// <summary>Gets a token that the upstream should take.</summary>
    /// <param name="cancellationToken">Ends this caller's wait, and nobody else's.</param>
    /// <returns>The token.</returns>
    /// <exception cref="PluginException">
    /// There is none: <see cref="PluginErrorCode.AuthError"/> (the grant was refused), <see cref="PluginErrorCode.InvalidConfig"/>
    /// (the application was), or what went wrong on the way.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public ValueTask<AccessToken> GetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<OAuthOutcome> renewal;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (_token is { } token && now < _renewAt)
            {
                return new(token);
            }

            if (_renewal is null && now < _restUntil)
            {
                return Usable(now) is { } old ? new(old) : throw Rested(now);
            }

            renewal = _renewal ??= Task.Run(RenewAsync, CancellationToken.None);
        }

        return new(WaitAsync(renewal, cancellationToken));
    }

    /// <summary>Says that the upstream refused a token: the next call gets a new one.</summary>
    /// <param name="token">The token that was refused; a newer one stays.</param>
    public void Invalidate(AccessToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        lock (_lock)
        {
            if (!CanRenew || _token is null || _token.Value != token.Value)
            {
                return;
            }

            _token = null;
            _refusals = _time.GetUtcNow() - _obtainedAt < s_restAfterRefusal ? _refusals + 1 : 0;
            if (_refusals >= 2)
            {
                // The second new token in a row: it is not the token that is wrong.
                _failure = Failure("the upstream refuses new tokens too", PluginErrorCode.AuthError);
                _restUntil = _obtainedAt + s_restAfterRefusal;
                _refusals = 0;
            }
        }
    }

    /// <summary>Says how the token stands. An expired one that nobody asked to renew is no trouble; a renewal that failed is.</summary>
    internal (TokenStanding Standing, DateTimeOffset? ExpiresAt) Read(DateTimeOffset now)
    {
        lock (_lock)
        {
            var standing = _failure is null ? TokenStanding.Good : Usable(now) is null ? TokenStanding.Expired : TokenStanding.Expiring;
            return (standing, _token?.ExpiresAt);
        }
    }

    /// <summary>Says that the upstream took the current token.</summary>
    internal void Confirm() => Volatile.Write(ref _refusals, 0);

    private async Task<AccessToken> WaitAsync(Task<OAuthOutcome> renewal, CancellationToken cancellationToken)
    {
        var outcome = await renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        return outcome.Token ?? throw Copy(outcome.Failure!, outcome.Failure!.RetryAfter);
    }

    /// <summary>Belongs to no caller, and never throws.</summary>
    private async Task<OAuthOutcome> RenewAsync()
    {
        OAuthAnswer? answer = null;
        PluginException? failure = null;
        try
        {
            using var message = _request!.ToMessage();
            var response = await _upstream!.SendAsync(message, Operation, CancellationToken.None).ConfigureAwait(false);
            answer = OAuthAnswer.Read(response, _request.TokenUrl);
        }
        catch (PluginException exception)
        {
            failure = exception;
        }
        catch (Exception exception)
        {
            failure = Failure($"the token request failed ({exception.GetType().Name})", PluginErrorCode.ConnectionError);
        }

        lock (_lock)
        {
            _renewal = null;
            var now = _time.GetUtcNow();
            return answer is not null ? new(Keep(answer, now), null) : Rest(failure!, now);
        }
    }

    private AccessToken Keep(OAuthAnswer answer, DateTimeOffset now)
    {
        if (answer.RefreshToken is { } rotated)
        {
            _request!.RefreshToken = rotated;
        }

        var lifetime = answer.Lifetime ?? _assumedLifetime;
        _token = new AccessToken(answer.AccessToken, lifetime is { } life ? now + life : null) { BaseUrl = answer.BaseUrl };
        _obtainedAt = now;
        _renewAt = lifetime is { } known ? now + known - Margin(known) : DateTimeOffset.MaxValue;
        (_failure, _restUntil) = (null, default);
        return _token;
    }

    private OAuthOutcome Rest(PluginException failure, DateTimeOffset now)
    {
        var rest = failure.RetryAfter ?? (failure.Retryable ? s_restAfterTrouble : s_restAfterRefusal);
        _failure = failure;
        _restUntil = now + (rest > s_longestRest ? s_longestRest : rest);
        return new(Usable(now), failure);
    }

    /// <summary>A token inside its margin is as good as any when there is no other.</summary>
    private AccessToken? Usable(DateTimeOffset now) => _token is { } token && (token.ExpiresAt is not { } expiry || now < expiry) ? token : null;

    private PluginException Rested(DateTimeOffset now) => Copy(_failure!, _restUntil - now);

    private static TimeSpan Margin(TimeSpan lifetime) => lifetime / 10 < s_longestMargin ? lifetime / 10 : s_longestMargin;

    /// <summary>One exception per thrower: they would write their stack traces over each other's.</summary>
    private static PluginException Copy(PluginException failure, TimeSpan? retryAfter) =>
        new(failure.Plugin, failure.Operation, failure.Message, failure.Code, failure.Retryable, retryAfter);

    private PluginException Failure(string message, PluginErrorCode code) => new(_upstream!.PluginName, Operation, message, code);
}
