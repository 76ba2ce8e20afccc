using System.Globalization;
using System.Net.Http.Headers;
using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>The requests of X's API that the plugin needs. Thread-safe.</summary>
internal sealed class XApi
{
    public const int MaxBatch = 100;

    private const int MaxPage = 100;
    private const int MinPage = 5; // fewer posts are refused
    private const int SparePages = 2; // pages come shorter than asked for where posts were deleted
    private const int MaxLists = 100; // one page

    private readonly UpstreamClient _upstream;
    private readonly TimeProvider _timeProvider;
    private readonly OAuthTokens _tokens;
    private readonly XLimits _limits;
    private readonly XFields _fields;
    private readonly TimeSpan _timeout;
    private readonly int _maxPosts;
    private readonly UpstreamUrl _users;
    private readonly UpstreamUrl _lookup;
    private readonly string _lookupParameter;
    private readonly Uri _health;

    /// <exception cref="ArgumentException">The address or the credentials cannot be used; nothing is quoted.</exception>
    public XApi(UpstreamClient upstream, XOptions options, XFields fields, TimeProvider timeProvider)
    {
        var root = new UpstreamUrl(options.ApiUrl);
        root.ThrowIfInsecure(options.AllowHttp);
        _upstream = upstream;
        _timeProvider = timeProvider;
        _tokens = XCredentials.Tokens(upstream, options, root, timeProvider);
        _limits = new XLimits(upstream, timeProvider);
        _fields = fields;
        _timeout = TimeSpan.FromSeconds(options.Timeout);
        _maxPosts = options.MaxPosts;
        _users = root.Append("2", "users");
        (_lookup, _lookupParameter) = options.LookupBy == "id" ? (_users, "ids") : (_users.Append("by"), "usernames");

        // The usage is for app tokens alone, and "me" for users' alone.
        _health = XCredentials.ActsForUser(options) ? _users.Append("me").ToUri() : root.Append("2", "usage", "tweets").Query("usage.fields", "project_cap,project_usage").ToUri();
    }

    /// <summary>Gets a token, where one has to be got.</summary>
    public async ValueTask ConnectAsync(CancellationToken cancellationToken) => await _tokens.GetAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Reads up to 100 users by keys of which no two are alike.</summary>
    public async ValueTask<XUsersPage> ReadUsersAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var url = _lookup.Query(_lookupParameter, string.Join(',', keys)).Query("user.fields", XFields.User);
        var response = await SendAsync(XEndpoint.Users, url.ToUri(), "read_users", cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess && XProblems.IsUnavailable(XProblems.KindOf(response)))
        {
            return new XUsersPage { Data = [] };
        }

        var page = Succeeded(response, XEndpoint.Users).Read(XPluginJsonContext.Default.XUsersPage);
        _upstream.Usage.AddCredits(page.Data?.Count ?? 0);
        return page is { Data: null, Errors: null } ? throw Unusable("read_users") : page;
    }

    /// <summary>Reads a user's latest posts; none when they are not for us.</summary>
    public async ValueTask<XTimeline> ReadPostsAsync(string userId, CancellationToken cancellationToken)
    {
        const string operation = "read_posts";
        var posts = new Dictionary<string, XPost>(StringComparer.Ordinal);
        var places = new Dictionary<string, XPlace>(StringComparer.Ordinal);
        string? next = null;
        for (var left = ((_maxPosts + MaxPage - 1) / MaxPage) + SparePages; left > 0; left--)
        {
            var url = PostsUrl(userId, Math.Clamp(_maxPosts - posts.Count, MinPage, MaxPage), next);
            var response = await SendAsync(XEndpoint.Posts, url, operation, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccess && XProblems.IsUnavailable(XProblems.KindOf(response)))
            {
                break;
            }

            var page = Succeeded(response, XEndpoint.Posts).Read(XPluginJsonContext.Default.XPostsPage);
            _upstream.Usage.AddCredits((page.Data?.Count ?? 0) + (page.Includes?.Tweets?.Count ?? 0) + (page.Includes?.Posts?.Count ?? 0));
            ThrowIfFailed(page.Data is null ? page.Errors : null, XEndpoint.Posts, operation);
            var before = posts.Count;
            Collect(page, posts, places);
            next = page.Meta is null ? null : XJson.Text(page.Meta.NextToken);

            // A page that brings nothing new ends the reading, whatever its token says.
            if (next is null || posts.Count == before || posts.Count >= _maxPosts)
            {
                break;
            }
        }

        return new XTimeline([.. posts.Values], places);
    }

    /// <summary>Reads the names of the lists that a user is on; none when they are not for us.</summary>
    public async ValueTask<IReadOnlyList<string>> ReadListsAsync(string userId, CancellationToken cancellationToken)
    {
        const string operation = "read_lists";
        var url = _users.Append(userId, "list_memberships").Query("max_results", Text(MaxLists)).ToUri();
        var response = await SendAsync(XEndpoint.Lists, url, operation, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess && XProblems.IsUnavailable(XProblems.KindOf(response)))
        {
            return [];
        }

        var page = Succeeded(response, XEndpoint.Lists).Read(XPluginJsonContext.Default.XListsPage);
        ThrowIfFailed(page.Data is null ? page.Errors : null, XEndpoint.Lists, operation);
        return [.. (page.Data ?? []).Select(static list => list is null ? null : XJson.Text(list.Name)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxLists)];
    }

    /// <summary>Asks an authenticated question that reads no post.</summary>
    public ValueTask<UpstreamResponse> CheckAsync(CancellationToken cancellationToken) =>
        SendAsync(XEndpoint.Health, _health, "check_health", cancellationToken);

    /// <summary>Returns the failure of one member of an answer; <see langword="null"/> when there is nothing to see.</summary>
    public PluginException? ToMemberException(XProblem problem) => Failure(problem, XEndpoint.Users, "read_users");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Collect(XPostsPage page, Dictionary<string, XPost> posts, Dictionary<string, XPlace> places)
    {
        foreach (var post in page.Data ?? [])
        {
            if (posts.Count < _maxPosts && post is not null && XJson.Text(post.Id) is { } id)
            {
                posts.TryAdd(id, post);
            }
        }

        foreach (var place in page.Includes?.Places ?? [])
        {
            if (place is not null && XJson.Text(place.Id) is { } id)
            {
                places.TryAdd(id, place);
            }
        }
    }

    private Uri PostsUrl(string userId, int count, string? next)
    {
        var url = _users.Append(userId, "tweets")
            .Query("max_results", Text(count))
            .Query(_fields.PostParameter, _fields.Post)
            .Query("expansions", _fields.Expansions)
            .Query("place.fields", XFields.Place);
        return (next is null ? url : url.Query("pagination_token", next)).ToUri();
    }

    private async ValueTask<UpstreamResponse> SendAsync(XEndpoint endpoint, Uri uri, string operation, CancellationToken cancellationToken)
    {
        await _limits.EnterAsync(endpoint, operation, cancellationToken).ConfigureAwait(false);
        var response = await _upstream.SendAsync(token => Request(uri, token), _tokens, operation, _timeout, null, cancellationToken).ConfigureAwait(false);
        _limits.Note(endpoint, response);
        return response;
    }

    private static HttpRequestMessage Request(Uri uri, AccessToken token) =>
        new(HttpMethod.Get, uri) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token.Value) } };

    private UpstreamResponse Succeeded(UpstreamResponse response, XEndpoint endpoint)
    {
        if (response.IsSuccess)
        {
            return response;
        }

        var failure = XProblems.ToException(response, _timeProvider.GetUtcNow());
        _limits.Block(endpoint, failure, XProblems.KindOf(response));
        throw failure;
    }

    private void ThrowIfFailed(IReadOnlyList<XProblem>? errors, XEndpoint endpoint, string operation)
    {
        foreach (var problem in errors?.OfType<XProblem>() ?? [])
        {
            if (Failure(problem, endpoint, operation) is { } failure)
            {
                throw failure;
            }
        }
    }

    private PluginException? Failure(XProblem problem, XEndpoint endpoint, string operation)
    {
        var failure = XProblems.ToMemberException(_upstream.PluginName, operation, problem, _timeProvider.GetUtcNow());
        if (failure is not null)
        {
            _limits.Block(endpoint, failure, XProblems.KindOf(problem));
        }

        return failure;
    }

    private PluginException Unusable(string operation) =>
        new(_upstream.PluginName, operation, "the answer lacks what the API promises", PluginErrorCode.InvalidResponse);
}
