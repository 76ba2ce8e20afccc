namespace FastEnrich.Aot;

// The README's plugin, compiled with the generator; a test holds the two to the same text.
[EnrichmentPlugin("loyalty", Description = "Points from the loyalty programme")]
[JsonPayload(typeof(LoyaltyAccount))]
public sealed partial class LoyaltyPlugin(LoyaltyOptions options, PluginContext context) : IEnrichmentPlugin
{
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        var url = new UpstreamUrl(options.ApiUrl).Append("accounts", request.UserId).ToUri();
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        var response = await context.Upstream.SendAsync(message, "read_account", cancellationToken);
        if (!response.IsSuccess)
        {
            throw response.ToException();
        }

        var account = response.Read(LoyaltyPluginJsonContext.Default.LoyaltyAccount);
        return EnrichmentResult.Found(new UserEnrichment { Interests = account.Interests, Confidence = 0.9 });
    }
}

public sealed partial record LoyaltyOptions
{
    [ConfigProperty(Description = "API base URL", Pattern = "^https?://")]
    public required string ApiUrl { get; init; }
}

public sealed record LoyaltyAccount(int Points, IReadOnlyList<string>? Interests);
