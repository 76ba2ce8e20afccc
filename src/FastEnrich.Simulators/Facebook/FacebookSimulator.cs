using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>
/// Facebook's Graph API: users who are read with their own tokens, field expansion, edges with cursors, batches, proofs, limits that count. Beside it stands an
/// endpoint of the operator's own that hands out users' tokens.
/// </summary>
public sealed class FacebookSimulator : UpstreamSimulator
{
    private readonly FacebookSimulatorOptions _options;
    private readonly FacebookTokenStore _tokens;
    private readonly FacebookAnswers _answers;
    private readonly ConcurrentQueue<Func<FacebookReply?>> _callFaults = new();
    private readonly ConcurrentDictionary<string, bool> _permissions;

    private FacebookSimulator(FacebookSimulatorOptions options)
        : base(options)
    {
        _options = options;
        _tokens = new FacebookTokenStore(options);
        _permissions = new ConcurrentDictionary<string, bool>(options.Permissions.Select(static permission => KeyValuePair.Create(permission, true)), StringComparer.Ordinal);
        _answers = new FacebookAnswers(options, _tokens, _permissions.ContainsKey, () => BaseUrl);
        TokenSource = new FacebookTokenSource(options.Population, _tokens);
    }

    /// <inheritdoc/>
    public override string PluginName => "facebook";

    /// <summary>Gets the operator's store of users' tokens, by the population's user ids.</summary>
    public FacebookTokenSource TokenSource { get; }

    /// <summary>Gets the app's own token.</summary>
    public string AppToken => _tokens.AppToken;

    /// <summary>Gets a system user's token, which reads every user.</summary>
    public string SystemToken => _tokens.SystemToken;

    /// <summary>Gets the address of the operator's endpoint that hands out users' tokens.</summary>
    public string TokenUrl => $"{BaseUrl}/operator/tokens";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> PluginConfiguration => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api_url"] = BaseUrl,
        ["app_id"] = _options.AppId,
        ["app_secret"] = _options.AppSecret,
        ["token_url"] = TokenUrl,
        ["token_url_key"] = _options.TokenUrlKey,
        ["lookup_by"] = "token",
        ["rate_limit"] = "100",
    };

    private protected override IReadOnlyDictionary<string, SimulatedError> Catalogue => FacebookErrors.Catalogue;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <returns>The running server.</returns>
    public static Task<FacebookSimulator> StartAsync(FacebookSimulatorOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(new FacebookSimulator(options ?? new FacebookSimulatorOptions()), cancellationToken);

    /// <summary>Makes the next calls fail, each item of a batch being one.</summary>
    /// <param name="error">One of <see cref="UpstreamSimulator.Errors"/>.</param>
    /// <param name="times">How many of them.</param>
    /// <param name="text">What stands in the error's message.</param>
    public void FailNextCall(string error, int times = 1, string? text = null)
    {
        var known = Catalogue.TryGetValue(error, out var found) ? found : throw new ArgumentException($"'{error}' is none of {string.Join(", ", Errors)}", nameof(error));
        Order(() => FacebookReply.Of(known, text), times);
    }

    /// <summary>Makes the next calls of a batch end without an answer, as those that take too long.</summary>
    /// <param name="times">How many of them.</param>
    public void TimeOutNextCall(int times = 1) => Order(static () => null, times);

    /// <summary>Lets all users' tokens expire that were given so far.</summary>
    public void ExpireTokens() => _tokens.ExpireAll();

    /// <summary>Refuses a user's tokens from now on.</summary>
    /// <param name="user">The user, who is on Facebook.</param>
    /// <param name="error">How, one of <see cref="UpstreamSimulator.Errors"/>, as <c>password_changed</c>.</param>
    public void RefuseTokens(SimulatedUser user, string error)
    {
        ArgumentNullException.ThrowIfNull(user);
        _tokens.Refuse(user.FacebookId ?? throw new ArgumentException("the user is not on Facebook", nameof(user)), error);
    }

    /// <summary>Grants the app a permission of all users.</summary>
    /// <param name="permission">As <c>user_likes</c>.</param>
    public void Grant(string permission) => _permissions[permission] = true;

    /// <summary>Takes a permission of all users back: its fields are left out from then on.</summary>
    /// <param name="permission">As <c>user_likes</c>.</param>
    public void Revoke(string permission) => _permissions.TryRemove(permission, out _);

    private protected override string RouteOf(string method, string[] path) => (method, FacebookCall.WithoutVersion(path)) switch
    {
        ("POST", ["operator", "tokens"]) => TokenRoute,
        ("POST", []) => "batch",
        ("GET", [var id]) when id == _options.AppId => "app",
        ("GET", [_]) => "user",
        ("GET", [_, var edge]) when FacebookEdges.IsEdge(edge) => edge,
        _ => "unknown",
    };

    private protected override Task AnswerAsync(string route, string[] path, HttpContext http) => route switch
    {
        TokenRoute => AnswerTokenAsync(http),
        "batch" => AnswerBatchAsync(http),
        _ => AnswerCallAsync(path, http),
    };

    private async Task AnswerCallAsync(string[] path, HttpContext http)
    {
        var query = http.Request.QueryString.Value ?? "";
        var call = FacebookCall.Of(FacebookCall.WithoutVersion(path), query.TrimStart('?'), Bearer(http), null, http.Request.Headers.IfNoneMatch);
        var reply = http.Request.Method != "GET" ? FacebookReply.Of(Catalogue["bad_path"], http.Request.Method)
            : TryFail(out var fault) ? fault ?? FacebookReply.Of(Catalogue["server_error"])
            : _answers.Answer(call);
        await reply.WriteAsync(http).ConfigureAwait(false);
    }

    private async Task AnswerBatchAsync(HttpContext http)
    {
        var batch = await FacebookBatch.ReadAsync(http, Bearer(http)).ConfigureAwait(false);
        var refusal = batch is null ? FacebookReply.Of(Catalogue["bad_parameter"], "batch parameter must be a JSON array")
            : batch.Calls.Count > FacebookBatch.MaxCalls ? FacebookReply.Of(Catalogue["bad_parameter"], "Too many requests in batch message. The maximum batch size is 50")
            : (_tokens.Check(batch.Token).Error
                ?? _answers.CheckProof(new FacebookCall([], new Dictionary<string, string>(), batch.Token, batch.Proof, null))) is { } error
                ? FacebookReply.Of(Catalogue[error])
            : null;
        if (refusal is not null)
        {
            await refusal.WriteAsync(http).ConfigureAwait(false);
            return;
        }

        http.Response.ContentType = "application/json; charset=UTF-8";
        var replies = batch!.Calls.Select(call => TryFail(out var fault) ? fault : _answers.Answer(call));
        await http.Response.Body.WriteAsync(FacebookBatch.Write(replies, batch.IncludeHeaders), http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Not Facebook's: the operator's own store, as its configuration names it.</summary>
    private async Task AnswerTokenAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization != $"Bearer {_options.TokenUrlKey}")
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted).ConfigureAwait(false);
        var token = _tokens.Issue(Population.FindById((string?)body?["user_id"] ?? ""));
        await FacebookReply.Of(new JsonObject { ["access_token"] = token?.Value, ["expires_at"] = token?.ExpiresAt?.ToUnixTimeSeconds() }).WriteAsync(http).ConfigureAwait(false);
    }

    private void Order(Func<FacebookReply?> fault, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _callFaults.Enqueue(fault);
        }
    }

    private bool TryFail(out FacebookReply? reply)
    {
        reply = null;
        if (!_callFaults.TryDequeue(out var fault))
        {
            return false;
        }

        reply = fault();
        return true;
    }

    private static string? Bearer(HttpContext http)
    {
        const string Scheme = "Bearer ";
        string? authorization = http.Request.Headers.Authorization;
        return authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? authorization[Scheme.Length..] : null;
    }
}
