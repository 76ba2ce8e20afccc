using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace FastEnrich.Testing.Tests.Example;

public sealed partial record PointsOptions
{
    [ConfigProperty(Description = "Address of the points programme", Pattern = "^https?://")]
    public required string ApiUrl { get; init; }

    [ConfigProperty(Description = "Key of the points programme", Sensitive = true)]
    public required string ApiKey { get; init; }
}

public sealed record PointsAccount([property: JsonPropertyName("city")] string? City, [property: JsonPropertyName("interests")] IReadOnlyList<string>? Interests);

[EnrichmentPlugin("points", Description = "Members of the points programme", Author = "You", License = "MIT", Capabilities = ["interests"])]
[JsonPayload(typeof(PointsAccount))]
public sealed partial class PointsPlugin(PointsOptions options, PluginContext context) : IEnrichmentPlugin
{
    private readonly UpstreamUrl _members = new UpstreamUrl(options.ApiUrl).Append("members");

    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        if (!UpstreamUrl.IsSegment(request.UserId))
        {
            return EnrichmentResult.NotFound(); // "." and ".." are nobody's id
        }

        using var message = new HttpRequestMessage(HttpMethod.Get, _members.Append(request.UserId).ToUri());
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        var response = await context.Upstream.SendAsync(message, "read_member", cancellationToken);
        if (!response.IsSuccess)
        {
            throw response.ToException();
        }

        var account = response.Read(PointsPluginJsonContext.Default.PointsAccount);
        return EnrichmentResult.Found(new UserEnrichment { Demographics = new Demographics { City = account.City }, Interests = account.Interests, Confidence = 0.9 });
    }
}
