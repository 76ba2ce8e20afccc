using System.Net.Http.Headers;
using System.Text.Json;
using FastEnrich.Plugins.Social.Facebook.Payloads;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Sends calls of the Graph API: one as a request of its own, several as a batch. Thread-safe.</summary>
internal sealed class FacebookApi
{
    public const int MaxBatch = 50;

    private readonly UpstreamClient _upstream;
    private readonly FacebookProof _proof;
    private readonly TimeSpan _timeout;
    private readonly UpstreamUrl _root;
    private readonly Uri _batch;

    public FacebookApi(UpstreamClient upstream, FacebookOptions options, AccessToken? shared)
    {
        _upstream = upstream;
        _proof = new FacebookProof(options.AppSecret);
        _timeout = TimeSpan.FromSeconds(options.Timeout);
        var root = new UpstreamUrl(options.ApiUrl);
        root.ThrowIfInsecure(options.AllowHttp);
        _root = root.AppendPath(options.Version);
        _batch = new Uri($"{_root.ToUri().OriginalString}/", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        AppToken = options.AppId.Length > 0 && options.AppSecret.Length > 0 ? new AccessToken($"{options.AppId}|{options.AppSecret}") : null;
        CommonToken = AppToken ?? shared;
    }

    /// <summary>Gets the app's own token; <see langword="null"/> without the app's id or secret.</summary>
    public AccessToken? AppToken { get; }

    /// <summary>Gets the token that a batch carries beside those of its calls; <see langword="null"/> when the first call's has to do.</summary>
    public AccessToken? CommonToken { get; }

    /// <summary>Sends up to 50 calls.</summary>
    public async ValueTask<FacebookAnswers> SendAsync(IReadOnlyList<FacebookCall> calls, string operation, CancellationToken cancellationToken)
    {
        if (calls.Count == 1)
        {
            return new FacebookAnswers([await SendAsync(calls[0], operation, cancellationToken).ConfigureAwait(false)]);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, _batch) { Content = FacebookBatchBody.Write(calls, CommonToken ?? calls[0].Token, _proof) };
        var response = await _upstream.SendAsync(request, operation, _timeout, cancellationToken).ConfigureAwait(false);
        _upstream.Usage.AddCredits(calls.Count);
        if (!response.TryRead(FacebookPluginJsonContext.Default.ListFacebookBatchItem, out var items))
        {
            return new FacebookAnswers(new FacebookAnswer(response));
        }

        // Answers are told apart by their order alone, so one too few or too many may be anybody's.
        return items.Count == calls.Count ? new FacebookAnswers([.. items.Select(item => Answer(item, operation))]) : throw Unusable(operation);
    }

    private async ValueTask<FacebookAnswer> SendAsync(FacebookCall call, string operation, CancellationToken cancellationToken)
    {
        var url = _root.Append(call.Path.Split('/'));
        foreach (var (name, value) in call.Query)
        {
            url = url.Query(name, value);
        }

        if (_proof.Of(call.Token.Value) is { } proof)
        {
            url = url.Query("appsecret_proof", proof);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url.ToUri());
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.Token.Value);
        if (call.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        var answer = new FacebookAnswer(await _upstream.SendAsync(request, operation, _timeout, cancellationToken).ConfigureAwait(false));
        _upstream.Usage.AddCredits(1);
        return answer;
    }

    private FacebookAnswer? Answer(FacebookBatchItem? item, string operation) => item is null ? null : FacebookAnswer.Read(item) ?? throw Unusable(operation);

    private PluginException Unusable(string operation) =>
        new(_upstream.PluginName, operation, "the answer to a batch is not what the API promises", PluginErrorCode.InvalidResponse);
}
