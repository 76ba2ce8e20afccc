using FastEnrich;

namespace Acme.More;

/// <summary>Has the short name of the other assembly's plugin, and its options.</summary>
[EnrichmentPlugin("loyalty-more", Aliases = ["more"])]
[JsonPayload(typeof(LoyaltyAccount))]
internal sealed partial class LoyaltyPlugin(LoyaltyOptions options) : IEnrichmentPlugin
{
    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) =>
        new(EnrichmentResult.Found(new UserEnrichment { Interests = [options.Answer[..1], LoyaltyPluginJsonContext.Default.LoyaltyAccount.Type.Name], Confidence = 0.5 }));
}
