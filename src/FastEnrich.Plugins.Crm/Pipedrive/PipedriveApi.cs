using System.Net.Http.Headers;
using System.Text.Json;
using FastEnrich.Plugins.Crm.Pipedrive.Payloads;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Sends requests to Pipedrive: token, limits, token costs, envelope, pages. Thread-safe.</summary>
internal sealed class PipedriveApi
{
    public const string DefaultUrl = "https://api.pipedrive.com";
    public const int MaxBatch = 100; // of ids in one request

    private const string VendorDomain = ".pipedrive.com";
    private const int MaxPages = 10; // whatever the cursors say

    private readonly UpstreamClient _upstream;
    private readonly OAuthTokens _tokens;
    private readonly bool _bearer;
    private readonly bool _anyHost;
    private readonly UpstreamUrl _root;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;
    private readonly PipedriveLimits _limits;

    public PipedriveApi(UpstreamClient upstream, PipedriveOptions options, TimeProvider timeProvider)
    {
        _upstream = upstream;
        _timeProvider = timeProvider;
        _limits = new PipedriveLimits(upstream, PipedriveCosts.OfUser(options), timeProvider);
        _timeout = TimeSpan.FromSeconds(options.Timeout);
        _root = new UpstreamUrl(options.ApiUrl);
        _root.ThrowIfInsecure(options.AllowHttp);
        _bearer = options.ApiKey is null;
        _anyHost = options.ApiUrl == DefaultUrl;
        _tokens = PipedriveTokens.From(upstream, options, timeProvider);
    }

    /// <summary>Waits for the turn of a user, or of a batch of users.</summary>
    public ValueTask EnterAsync(CancellationToken cancellationToken) => _limits.EnterUserAsync(cancellationToken);

    /// <summary>Reads one record; <see langword="null"/> when it does not exist.</summary>
    public async ValueTask<PipedriveRecord?> ReadAsync(Func<UpstreamUrl, UpstreamUrl> address, string operation, int cost, CancellationToken cancellationToken)
    {
        var (response, answer) = await SendAsync(address, operation, cost, cancellationToken).ConfigureAwait(false);
        if (PipedriveErrors.IsUnknownRecord(response, answer))
        {
            return null;
        }

        var record = new PipedriveRecord(Checked(answer, operation).Data);
        return record.Id is null ? throw Unusable(operation) : record;
    }

    /// <summary>Reads a list, page by page, up to a number of records.</summary>
    public async ValueTask<List<PipedriveRecord>> ListAsync(Func<UpstreamUrl, UpstreamUrl> address, string operation, int cost, int limit, CancellationToken cancellationToken)
    {
        List<PipedriveRecord> records = [];
        string? cursor = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var from = cursor;
            var (response, body) = await SendAsync(
                url => from is null ? address(url) : address(url).Query("cursor", from), operation, cost, cancellationToken).ConfigureAwait(false);
            if (PipedriveErrors.IsUnknownRecord(response, body))
            {
                throw response.ToException("unknown_route", PluginErrorCode.InvalidConfig); // a list does not miss
            }

            var answer = Checked(body, operation);
            var before = records.Count;
            records.AddRange(ItemsOf(answer.Data, operation).Select(static item => new PipedriveRecord(item)).Take(limit - before));
            cursor = new PipedriveRecord(answer.AdditionalData).Text("next_cursor");

            // A page that brings nothing new ends the reading, and so does a cursor that goes round.
            if (cursor is null || cursor == from || records.Count == before || records.Count >= limit)
            {
                break;
            }
        }

        return records;
    }

    private async ValueTask<(UpstreamResponse Response, PipedriveAnswer? Answer)> SendAsync(
        Func<UpstreamUrl, UpstreamUrl> address, string operation, int cost, CancellationToken cancellationToken)
    {
        var search = cost == PipedriveCosts.Search;
        await _limits.EnterAsync(operation, search, cancellationToken).ConfigureAwait(false);
        var response = await _upstream.SendAsync(token => ToMessage(address, token), _tokens, operation, _timeout, null, cancellationToken).ConfigureAwait(false);
        var answer = response.TryRead(PipedrivePluginJsonContext.Default.PipedriveAnswer, out var read) ? read : null;
        var failure = PipedriveErrors.FailureOf(response, answer, _timeProvider.GetUtcNow());
        _limits.Note(response, search, failure);
        if ((int)response.StatusCode is not (401 or 403 or 429 or >= 500))
        {
            _upstream.Usage.AddCredits(cost);
        }

        return failure is null || PipedriveErrors.IsUnknownRecord(response, answer) ? (response, answer) : throw failure;
    }

    private HttpRequestMessage ToMessage(Func<UpstreamUrl, UpstreamUrl> address, AccessToken token)
    {
        var root = _anyHost && token.BaseUrl is { } own ? Own(own) : _root;
        var message = new HttpRequestMessage(HttpMethod.Get, address(root).ToUri());
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_bearer)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        }
        else
        {
            message.Headers.TryAddWithoutValidation("x-api-token", token.Value);
        }

        return message;
    }

    /// <summary>The company's own address, as its token names it; an answer does not choose whose server a token goes to.</summary>
    private UpstreamUrl Own(string address)
    {
        var uri = new Uri(address);
        return uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && uri.IdnHost.EndsWith(VendorDomain, StringComparison.OrdinalIgnoreCase)
            ? new UpstreamUrl(address)
            : throw new PluginException(
                _upstream.PluginName,
                "get_token",
                "the token names an api_domain that is none of Pipedrive's; set api_url if it is right",
                PluginErrorCode.InvalidConfig);
    }

    private PipedriveAnswer Checked(PipedriveAnswer? answer, string operation) => answer is { Success.ValueKind: JsonValueKind.True } ? answer : throw Unusable(operation);

    /// <summary>Returns the records of a list, or of a search, which wraps each one; nothing at all is written as null.</summary>
    private IEnumerable<JsonElement> ItemsOf(JsonElement data, string operation) => data.ValueKind switch
    {
        JsonValueKind.Array => data.EnumerateArray(),
        JsonValueKind.Null => [],
        JsonValueKind.Object when new PipedriveRecord(data)["items"] is { ValueKind: JsonValueKind.Array } items =>
            items.EnumerateArray().Select(static item => new PipedriveRecord(item)["item"]),
        _ => throw Unusable(operation),
    };

    private PluginException Unusable(string operation) =>
        new(_upstream.PluginName, operation, "the answer lacks what the API promises", PluginErrorCode.InvalidResponse);
}
