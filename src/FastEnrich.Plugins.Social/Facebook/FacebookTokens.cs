namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Hands out the token that a user is read with: one for all, or each user's own. Thread-safe.</summary>
internal sealed class FacebookTokens
{
    private const int MaxLength = 4096; // they have about 200 characters

    private readonly string _plugin;
    private readonly AccessToken? _shared;
    private readonly ITokenSource? _source;

    private FacebookTokens(string plugin, AccessToken? shared, ITokenSource? source) => (_plugin, _shared, _source) = (plugin, shared, source);

    /// <summary>Gets the one token for all users; <see langword="null"/> when each has their own.</summary>
    public AccessToken? Shared => _shared;

    /// <summary>Takes the options' source, else the host's.</summary>
    public static FacebookTokens Create(FacebookOptions options, PluginContext context, ITokenSource? source)
    {
        var plugin = context.Upstream.PluginName;
        if (options.AccessToken.Length > 0)
        {
            return new FacebookTokens(plugin, new AccessToken(options.AccessToken), null);
        }

        if (options.TokenUrl.Length == 0)
        {
            return new FacebookTokens(plugin, null, source);
        }

        var address = new UpstreamUrl(options.TokenUrl);
        address.ThrowIfInsecure(options.AllowHttp);
        var timeout = TimeSpan.FromSeconds(options.Timeout);
        var endpoint = new FacebookTokenEndpoint(context.Upstream, address.ToUri(), options.TokenUrlKey, timeout, context.TimeProvider);
        return new FacebookTokens(plugin, null, endpoint);
    }

    /// <summary>Says whether a text can be sent as a token at all.</summary>
    public static bool IsToken(string? text) => text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Gets a user's token; <see langword="null"/> when the user has granted none.</summary>
    /// <exception cref="PluginException">The source failed, or gave what cannot be a token.</exception>
    public async ValueTask<AccessToken?> GetAsync(string userId, CancellationToken cancellationToken)
    {
        if (_shared is not null)
        {
            return _shared;
        }

        try
        {
            var token = await _source!.GetTokenAsync(userId, cancellationToken).ConfigureAwait(false);
            return token is null || IsToken(token.Value)
                ? token
                : throw new PluginException(_plugin, "get_token", "the token source gave what cannot be a token", PluginErrorCode.InvalidResponse);
        }
        catch (Exception exception) when (exception is not PluginException && !cancellationToken.IsCancellationRequested)
        {
            // The source is not ours, and its message may hold anything.
            throw new PluginException(_plugin, "get_token", $"the token source failed ({exception.GetType().Name})", PluginErrorCode.ConnectionError);
        }
    }

    /// <summary>Tells the source that a token was refused.</summary>
    public void Invalidate(string userId, AccessToken token)
    {
        try
        {
            _source?.Invalidate(userId, token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The source is not ours; the refusal is reported in any case, and the other users of a batch are not to suffer.
        }
    }
}
