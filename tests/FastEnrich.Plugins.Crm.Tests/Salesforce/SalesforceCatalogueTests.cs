using System.Text.Json;
using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Tests.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>Every error of the catalogue beside the repository has its documented code; skipped where there is none.</summary>
public sealed class SalesforceCatalogueTests
{
    [Fact]
    public async Task EnrichAsync_CataloguedErrors_HaveTheirCode()
    {
        var entries = Entries(entry => !Id(entry).StartsWith("token-", StringComparison.Ordinal) && !IsWithinABatch(entry));
        Assert.InRange(entries.Count, 13, 1000);
        foreach (var entry in entries)
        {
            var plugin = SalesforceFixture.Plugin(SalesforceFixture.Static with { Capabilities = [] }, new StubHandler(_ => Answer(entry)));
            var call = async () => await plugin.EnrichAsync(new EnrichmentRequest(SalesforceUpstream.ContactId), default);
            if (Code(entry) == "NOT_FOUND")
            {
                Assert.Equal((Id(entry), EnrichmentResultKind.NotFound), (Id(entry), (await call()).Kind));
            }
            else
            {
                Check(entry, await Assert.ThrowsAsync<PluginException>(call));
            }
        }
    }

    [Fact]
    public async Task ConnectAsync_CataloguedTokenErrors_HaveTheirCode()
    {
        var entries = Entries(entry => Id(entry).StartsWith("token-", StringComparison.Ordinal));
        Assert.InRange(entries.Count, 4, 1000);
        foreach (var entry in entries)
        {
            var options = new SalesforceOptions { LoginUrl = "https://acme.my.salesforce.com", ClientId = "id", ClientSecret = "secret" };

            Check(entry, await Assert.ThrowsAsync<PluginException>(async () => await SalesforceFixture.Plugin(options, new StubHandler(_ => Answer(entry))).ConnectAsync(default)));
        }
    }

    [Fact]
    public void CodeOf_CataloguedErrorsWithinABatch_AreTheirs()
    {
        var item = RecordedSalesforce.Entry("errors.catalogue.json", "entries", "batch-item-error").GetProperty("body").GetProperty("results")[1];
        var halted = RecordedSalesforce.Entry("errors.catalogue.json", "entries", "412-batch-halted").GetProperty("body");

        Assert.Equal(PluginErrorCode.NotFound, CodeOf(item.GetProperty("statusCode").GetInt32(), item.GetProperty("result")));
        Assert.Equal(PluginErrorCode.ConnectionError, CodeOf(412, halted));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task EnrichAsync_CataloguedUnauthorized_AsksForANewTokenOnlyWhenTheSessionExpired(bool expired, int tokens)
    {
        var entry = RecordedSalesforce.Entry("errors.catalogue.json", "entries", expired ? "401-invalid-session" : "401-invalid-auth-header");
        var success = RecordedSalesforce.Read("fixtures/restforce__auth_success_response.json").GetRawText();
        var upstream = new StubHandler(request => request.RequestUri!.AbsolutePath == "/services/oauth2/token" ? StubHandler.Json(success) : Answer(entry));
        var options = new SalesforceOptions { Authentication = SalesforceAuthentication.RefreshToken, ClientId = "id", RefreshToken = "refresh" };

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await SalesforceFixture.Plugin(options, upstream).EnrichAsync(new EnrichmentRequest(SalesforceUpstream.ContactId), default));

        Assert.Equal(PluginErrorCode.AuthError, failure.Code);
        Assert.Equal((tokens, tokens), (upstream.Requests.Count(request => request == "POST https://login.salesforce.com/services/oauth2/token"), upstream.Requests.Count(request => request.StartsWith("GET https://na1.salesforce.com/services/data/v67.0/", StringComparison.Ordinal))));
    }

    private static void Check(JsonElement entry, PluginException failure)
    {
        Assert.Equal((Id(entry), Code(entry)), (Id(entry), JsonSerializer.Serialize(failure.Code, ErrorCodeJson.Default.PluginErrorCode).Trim('"')));

        // The one retry against an expired session is the plugin's own, with a new token; here the token is given once and for all.
        var retryable = entry.GetProperty("retryable").GetBoolean() && Id(entry) != "401-invalid-session";
        Assert.Equal((Id(entry), retryable), (Id(entry), failure.Retryable));
        var said = entry.GetProperty("body").ValueKind == JsonValueKind.Array ? entry.GetProperty("body")[0].GetProperty("message") : entry.GetProperty("body").GetProperty("error_description");
        Assert.DoesNotContain(said.GetString()!, failure.ToString(), StringComparison.Ordinal);
    }

    private static PluginErrorCode CodeOf(int status, JsonElement result) =>
        SalesforceErrors.CodeOf(new Crm.Salesforce.Payloads.SalesforceBatchItem { StatusCode = status, Result = result });

    private static List<JsonElement> Entries(Func<JsonElement, bool> predicate) =>
        [.. RecordedSalesforce.Read("errors.catalogue.json").GetProperty("entries").EnumerateArray().Where(predicate)];

    private static bool IsWithinABatch(JsonElement entry) => Id(entry) is "batch-item-error" or "412-batch-halted";

    private static string Id(JsonElement entry) => entry.GetProperty("id").GetString()!;

    private static string Code(JsonElement entry) => entry.GetProperty("maps_to").GetString()!;

    private static HttpResponseMessage Answer(JsonElement entry)
    {
        var headers = entry.TryGetProperty("headers", out var listed) ? listed.EnumerateObject().Select(header => (header.Name, header.Value.GetString()!)).ToArray() : [];
        return StubHandler.Json(entry.GetProperty("body").GetRawText(), entry.GetProperty("http_status").GetInt32(), headers);
    }
}
