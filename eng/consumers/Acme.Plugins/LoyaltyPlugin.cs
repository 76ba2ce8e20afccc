using System.Text.Json;
using FastEnrich;

namespace Acme;

/// <summary>Reads an answer that it holds, through generated JSON.</summary>
[EnrichmentPlugin("loyalty", Description = "Points from the loyalty programme")]
[JsonPayload(typeof(LoyaltyAccount))]
internal sealed partial class LoyaltyPlugin(LoyaltyOptions options, TimeProvider time) : IEnrichmentPlugin
{
    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        var account = JsonSerializer.Deserialize(options.Answer, LoyaltyPluginJsonContext.Default.LoyaltyAccount)!;
        return new(EnrichmentResult.Found(new UserEnrichment { Demographics = new Demographics { City = account.City }, Confidence = 1, Timestamp = time.GetUtcNow() }));
    }
}
