using System.Text.Json;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Recorded and catalogued errors that lie beside the repository; skipped where they do not.</summary>
public sealed class FacebookRecordedErrorTests
{
    [Theory]
    [InlineData("restfb__exampleError", PluginErrorCode.AuthError)]
    [InlineData("restfb__oauthExampleError", PluginErrorCode.ConnectionError)]
    [InlineData("restfb__exampleOauthError", PluginErrorCode.InvalidConfig)]
    [InlineData("spring-social-facebook__error-1-httpsRequired", PluginErrorCode.ConnectionError)]
    [InlineData("spring-social-facebook__error-10-permissionDenied", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-104-noAccessToken", PluginErrorCode.InvalidConfig)]
    [InlineData("spring-social-facebook__error-190-tokenExpired", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-200-notAuthorizedForAction", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-2500-bogusPath", PluginErrorCode.InvalidConfig)]
    [InlineData("spring-social-facebook__error-368-blocked", PluginErrorCode.QuotaExceeded)]
    [InlineData("spring-social-facebook__error-506-duplicate", PluginErrorCode.InvalidConfig)]
    [InlineData("spring-social-facebook__error-app-capability", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-expired-token", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-insufficient-privilege", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-invalid-token-deauth", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-invalid-token-password", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-invalid-token-signout", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-not-a-friend", PluginErrorCode.InvalidConfig)]
    [InlineData("spring-social-facebook__error-permission", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-user-hasnt-authorized", PluginErrorCode.AuthError)]
    [InlineData("spring-social-facebook__error-whitelist", PluginErrorCode.AuthError)]
    public async Task EnrichAsync_RecordedError_HasItsCodeAndNothingOfItsMessage(string file, PluginErrorCode code)
    {
        var body = RecordedUpstream.Read($"fixtures/{file}.json");

        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(body.GetRawText()));

        Assert.Equal(code, failure.Code);
        Assert.DoesNotContain(body.TryGetProperty("error_message", out var own) ? own.GetString()! : body.GetProperty("error").GetProperty("message").GetString()!, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichAsync_CataloguedErrors_HaveTheirCode()
    {
        var entries = RecordedUpstream.Read("errors.catalogue.json").GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("body").ValueKind == JsonValueKind.Object).ToList();
        Assert.InRange(entries.Count, 18, 1000);
        foreach (var entry in entries)
        {
            var id = entry.GetProperty("id").GetString()!;
            var headers = entry.TryGetProperty("headers", out var listed) ? listed.EnumerateObject().Select(header => (header.Name, header.Value.GetString()!)).ToArray() : [];
            var plugin = FacebookFixture.Plugin(new StubHandler(_ => StubHandler.Json(entry.GetProperty("body").GetRawText(), entry.GetProperty("http_status").GetInt32(), headers)));
            var expected = entry.GetProperty("maps_to").GetString();
            if (expected == "NOT_FOUND")
            {
                Assert.Equal((id, EnrichmentResultKind.NotFound), (id, (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Kind));
                continue;
            }

            var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("1"), default));
            Assert.Equal((id, expected), (id, JsonSerializer.Serialize(failure.Code, ErrorCodeJson.Default.PluginErrorCode).Trim('"')));
            Assert.Equal((id, entry.GetProperty("retryable").GetBoolean()), (id, failure.Retryable));
            Assert.DoesNotContain(entry.GetProperty("body").GetProperty("error").GetProperty("message").GetString()!, failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EnrichBatchAsync_CataloguedBatch_HasAnOutcomePerMember()
    {
        var batch = RecordedUpstream.Read("errors.catalogue.json").GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("body").ValueKind == JsonValueKind.Array);
        var results = new BatchResults(3);

        await FacebookFixture.Plugin(new StubHandler(_ => StubHandler.Json(batch.GetProperty("body").GetRawText()))).EnrichBatchAsync([new("123456789"), new("2"), new("3")], results, default);

        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.NotFound), (results.GetResult(0).Kind, results.GetResult(1).Kind));
        Assert.Equal((PluginErrorCode.TimeoutError, true), (results.GetFailure(2)!.Code, results.GetFailure(2)!.Retryable));
    }

    private static async Task<EnrichmentResult> EnrichAsync(string body) =>
        await FacebookFixture.Plugin(new StubHandler(_ => StubHandler.Json(body, 400))).EnrichAsync(new EnrichmentRequest("1"), default);
}
