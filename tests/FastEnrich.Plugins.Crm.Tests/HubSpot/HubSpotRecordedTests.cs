using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

/// <summary>The mapping over recorded answers that lie beside the repository; skipped where they do not.</summary>
public sealed class HubSpotRecordedTests
{
    [Theory]
    [InlineData("nango__list-contacts.exchange.json")]
    [InlineData("nango__contacts.exchange.json")]
    [InlineData("nango__create-contact.exchange.json")]
    [InlineData("nango__update-contact.exchange.json")]
    public async Task Map_RecordedContacts_DeliversWhatStandsInThem(string file)
    {
        var contacts = Bodies(file).SelectMany(Records).ToList();

        Assert.NotEmpty(contacts);
        foreach (var contact in contacts)
        {
            var result = await EnrichAsync(contact);
            var properties = contact.GetProperty("properties");
            Assert.Equal(contact.GetProperty("id").GetString(), result.Identities!["hubspot_id"]);
            Assert.Equal(Text(properties, "email"), result.Identities.GetValueOrDefault("email"));
            Assert.Equal(Text(properties, "jobtitle"), result.Enrichment!.Demographics?.Occupation);
            Assert.Equal(Text(properties, "company"), result.Enrichment.ContextualData!.TryGetValue("company", out var company) ? company.GetString() : null);
            Assert.StartsWith(Text(properties, "createdate")![..19], result.Enrichment.ContextualData["created_at"].GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("vcr-hubspot-ruby__contact_find_by_id.exchange.json")]
    [InlineData("vcr-hubspot-ruby__Hubspot_Contact_find_by_email_is_persisted.exchange.json")]
    public async Task Map_RecordedLegacyValues_MeansTheSame(string file)
    {
        // The old API wraps each value; the names and texts are those of today.
        var legacy = Bodies(file).First(body => body.TryGetProperty("properties", out var properties) && properties.TryGetProperty("createdate", out _)).GetProperty("properties");
        var values = legacy.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetProperty("value").GetString()!);
        var pairs = string.Join(',', values.Select(pair => $"\"{pair.Key}\":\"{JsonEncodedText.Encode(pair.Value)}\""));
        var contact = $$$"""{"id":"1","properties":{{{{pairs}}}}}""";

        var result = await EnrichAsync(JsonDocument.Parse(contact).RootElement);

        Assert.Equal(values["email"], result.Identities!["email"]);
        Assert.Equal(values.GetValueOrDefault("lifecyclestage"), result.Enrichment!.ContextualData!.TryGetValue("lifecycle_stage", out var stage) ? stage.GetString() : null);
        Assert.Equal(values.TryGetValue("hs_analytics_source", out var source) ? [source.ToLowerInvariant()] : null, result.Enrichment.BehaviorPatterns?.PreferredChannels);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(values["createdate"])).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), result.Enrichment.ContextualData["created_at"].GetString());
    }

    [Theory]
    [InlineData("nango__deals.exchange.json")]
    [InlineData("nango__get-deal.exchange.json")]
    public async Task Map_RecordedDeals_OnlyWonOnesArePurchases(string file)
    {
        var deals = Bodies(file).SelectMany(Records).ToList();
        var won = deals.Count(deal => Text(deal.GetProperty("properties"), "dealstage") == "closedwon" && Text(deal.GetProperty("properties"), "closedate") is not null && Text(deal.GetProperty("properties"), "amount") is not null);

        var result = await EnrichAsync(JsonDocument.Parse("""{"id":"1","properties":{}}""").RootElement, deals);

        Assert.NotEmpty(deals);
        Assert.Equal(won, result.Enrichment!.BehaviorPatterns?.PurchaseHistory?.Count ?? 0);
    }

    [Fact]
    public async Task EnrichAsync_CataloguedErrors_HaveTheirCode()
    {
        var entries = RecordedUpstream.Read("errors.catalogue.json").GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("http_status").GetInt32() != 207).ToList();
        Assert.InRange(entries.Count, 12, 1000);
        foreach (var entry in entries)
        {
            var id = entry.GetProperty("id").GetString()!;
            var plugin = HubSpotFixture.Plugin(new StubHandler(_ => Answer(entry)));
            var expected = entry.GetProperty("maps_to").GetString();

            if (expected == "NOT_FOUND")
            {
                Assert.Equal((id, EnrichmentResultKind.NotFound), (id, (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Kind));
                continue;
            }

            var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("1"), default));
            Assert.Equal((id, expected), (id, JsonSerializer.Serialize(failure.Code, ErrorCodeJson.Default.PluginErrorCode).Trim('"')));

            // A private app's token is not renewed, so a retry cannot help against an expired one.
            var retryable = entry.GetProperty("retryable").GetBoolean() && id != "401-expired-oauth-token";
            Assert.Equal((id, retryable), (id, failure.Retryable));
            if (entry.TryGetProperty("body", out var body))
            {
                Assert.DoesNotContain(body.GetProperty("message").GetString()!, failure.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task EnrichBatchAsync_CataloguedPartialAnswer_HasAnOutcomePerMember()
    {
        var partial = RecordedUpstream.Read("errors.catalogue.json").GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("http_status").GetInt32() == 207);
        var found = partial.GetProperty("body").GetProperty("results")[0].GetProperty("id").GetString()!;
        var missing = partial.GetProperty("body").GetProperty("errors")[0].GetProperty("context").GetProperty("ids")[0].GetString()!;
        var plugin = HubSpotFixture.Plugin(new StubHandler(request => request.RequestUri!.AbsolutePath.EndsWith("contacts/batch/read", StringComparison.Ordinal) ? Answer(partial) : StubHandler.Json("""{"results":[]}""")));
        var results = new BatchResults(2);

        await plugin.EnrichBatchAsync([new(missing), new(found)], results, default);

        Assert.Equal((EnrichmentResultKind.NotFound, EnrichmentResultKind.Found), (results.GetResult(0).Kind, results.GetResult(1).Kind));
    }

    [Fact]
    public async Task EnrichAsync_DocumentedAssociationsOfPlaceholders_BringNoDeals()
    {
        var example = RecordedUpstream.Read("documented-examples.json").GetProperty("examples").EnumerateArray().Single(entry => entry.GetProperty("id").GetString() == "associations-v4-batch-read");
        var upstream = new StubHandler(request => StubHandler.Json(request.RequestUri!.AbsolutePath.Contains("associations", StringComparison.Ordinal) ? example.GetProperty("response").GetProperty("body").GetRawText() : """{"id":"1","properties":{}}"""));

        var result = await HubSpotFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(EnrichmentResultKind.Found, result.Kind);
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task EnrichAsync_EveryRecordedAnswer_IsReadOrRefusedAsDocumented()
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(RecordedUpstream.Require("fixtures/INDEX.json"))!, "*.exchange.json");
        Assert.InRange(files.Length, 39, 1000);
        foreach (var response in files.SelectMany(file => RecordedUpstream.Read(Path.Combine("fixtures", Path.GetFileName(file))).GetProperty("exchanges").EnumerateArray()).Select(exchange => exchange.GetProperty("response")))
        {
            var status = response.TryGetProperty("status", out var stated) && stated.ValueKind == JsonValueKind.Number ? stated.GetInt32() : 200;
            var upstream = new StubHandler(_ => StubHandler.Json(response.TryGetProperty("body", out var body) ? body.GetRawText() : "", status));
            var failure = await Record.ExceptionAsync(async () => await HubSpotFixture.Plugin(new HubSpotOptions { ApiKey = "token", Capabilities = [] }, upstream).EnrichAsync(new EnrichmentRequest("1"), default));

            Assert.True(failure is null or PluginException, failure?.ToString());
            Assert.True(status < 400 || status == 404 || failure is PluginException { Code: not PluginErrorCode.InvalidResponse }, $"HTTP {status}");
        }
    }

    [Fact]
    public async Task Map_RecordedTasks_AreInteractions()
    {
        var tasks = Bodies("nango__tasks.exchange.json").SelectMany(Records).Where(record => record.TryGetProperty("properties", out _)).ToList();
        Assert.NotEmpty(tasks);
        foreach (var task in tasks)
        {
            var upstream = new StubHandler(request => StubHandler.Json(
                request.RequestUri!.AbsolutePath.Contains("associations/contacts/tasks", StringComparison.Ordinal) ? $$"""{"results":[{"from":{"id":"1"},"to":[{"toObjectId":{{task.GetProperty("id").GetString()}}}]}]}"""
                : request.RequestUri.AbsolutePath.EndsWith("objects/tasks/batch/read", StringComparison.Ordinal) ? $$"""{"results":[{{task.GetRawText()}}]}"""
                : request.RequestUri.AbsolutePath.Contains("contacts/1", StringComparison.Ordinal) ? """{"id":"1","properties":{}}"""
                : StubHandler.Nothing));
            var plugin = HubSpotFixture.Plugin(new HubSpotOptions { ApiKey = "token", Capabilities = [HubSpotCapability.InteractionTracking] }, upstream);

            var interactions = (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Enrichment!.BehaviorPatterns!.EngagementMetrics!["interactions"];

            Assert.Equal("task", Assert.Single(interactions.EnumerateArray()).GetProperty("type").GetString());
        }
    }

    private static IEnumerable<JsonElement> Bodies(string file) =>
        RecordedUpstream.Read(Path.Combine("fixtures", file)).GetProperty("exchanges").EnumerateArray()
            .Select(exchange => exchange.GetProperty("response").GetProperty("body"))
            .Where(body => body.ValueKind == JsonValueKind.Object);

    private static IEnumerable<JsonElement> Records(JsonElement body) => body.TryGetProperty("results", out var results) ? results.EnumerateArray() : [body];

    private static string? Text(JsonElement properties, string name) => properties.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static HttpResponseMessage Answer(JsonElement entry)
    {
        var headers = entry.TryGetProperty("headers", out var listed) ? listed.EnumerateObject().Select(header => (header.Name, header.Value.GetString()!)).ToArray() : [];
        return StubHandler.Json(entry.TryGetProperty("body", out var body) ? body.GetRawText() : "", entry.GetProperty("http_status").GetInt32(), headers);
    }

    private static async Task<EnrichmentResult> EnrichAsync(JsonElement contact, IReadOnlyList<JsonElement>? deals = null)
    {
        var id = contact.GetProperty("id").GetString()!;
        var listed = deals ?? [];
        var upstream = new StubHandler(request => StubHandler.Json(
            StubHandler.AsksForLineItems(request) ? StubHandler.Nothing
            : request.RequestUri!.AbsolutePath.Contains("associations", StringComparison.Ordinal) ? $$"""{"results":[{"from":{"id":"{{id}}"},"to":[{{string.Join(',', listed.Select(deal => $$"""{"toObjectId":"{{deal.GetProperty("id").GetString()}}"}"""))}}]}]}"""
            : request.RequestUri.AbsolutePath.Contains("deals", StringComparison.Ordinal) ? $$"""{"results":[{{string.Join(',', listed.Select(deal => deal.GetRawText()))}}]}"""
            : contact.GetRawText()));
        return await HubSpotFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest(id), default);
    }
}
