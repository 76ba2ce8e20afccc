using System.Text.Json;
using FastEnrich.Plugins.Crm.Pipedrive;
using FastEnrich.Plugins.Crm.Tests.HubSpot;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>The plugin over recorded answers that lie beside the repository; skipped where they do not.</summary>
public sealed class PipedriveRecordedTests
{
    [Theory]
    [InlineData("nango__persons.exchange.json")]
    [InlineData("nango__get-person.exchange.json")]
    [InlineData("nango__create-person.exchange.json")]
    [InlineData("nango__update-person.exchange.json")]
    [InlineData("openapi-v2-example__GET_persons__200.exchange.json")]
    [InlineData("openapi-v2-example__GET_persons_id__200.exchange.json")]
    public async Task Map_RecordedPersons_DeliversWhatStandsInThem(string file)
    {
        var persons = Records(file).ToList();

        Assert.NotEmpty(persons);
        foreach (var person in persons)
        {
            var id = person.GetProperty("id").GetRawText();
            var result = await EnrichAsync(person.GetRawText(), id);
            var emails = person.TryGetProperty("emails", out var now) ? now : person.GetProperty("email");
            var address = emails.EnumerateArray().Select(email => email.GetProperty("value").GetString()).FirstOrDefault(value => value!.Contains('@', StringComparison.Ordinal));
            Assert.Equal((id, address), (result.Identities!["pipedrive_id"], result.Identities.GetValueOrDefault("email")));
            Assert.Equal(Text(person, "job_title"), result.Enrichment!.Demographics?.Occupation);
            Assert.Equal(Text(person, "org_name"), result.Enrichment.ContextualData!.TryGetValue("company", out var company) ? company.GetString() : null);
            Assert.Equal(Instant.Format(Instant.Parse(Text(person, "add_time"))!.Value), result.Enrichment.ContextualData["created_at"].GetString());
        }
    }

    [Theory]
    [InlineData("nango__deals.exchange.json")]
    [InlineData("nango__get-deal.exchange.json")]
    [InlineData("nango__create-deal.exchange.json")]
    [InlineData("openapi-v2-example__GET_deals__200.exchange.json")]
    public async Task Map_RecordedDeals_AreScoresOrPurchases(string file)
    {
        var deals = Records(file).ToList();
        var won = deals.Count(deal => Text(deal, "status") == "won");
        var probability = deals.Where(deal => Text(deal, "status") == "open").Select(deal => deal.GetProperty("probability")).Where(value => value.ValueKind == JsonValueKind.Number).Select(value => value.GetInt32()).DefaultIfEmpty(-1).Max();

        var result = await EnrichAsync("""{"id":1}""", "1", ("/api/v2/deals", PipedriveStub.Many([.. deals.Select(deal => deal.GetRawText())])));

        Assert.NotEmpty(deals);
        Assert.Equal(won, result.Enrichment!.BehaviorPatterns?.PurchaseHistory?.Count ?? 0);
        Assert.Equal(probability, result.Enrichment.ContextualData is { } context && context.TryGetValue("lead_score", out var score) ? score.GetInt32() : -1);
    }

    [Theory]
    [InlineData("nango__activities.exchange.json")]
    [InlineData("nango__list-activities.exchange.json")]
    [InlineData("openapi-v2-example__GET_activities__200.exchange.json")]
    public async Task Map_RecordedActivities_AreInteractions(string file)
    {
        var activities = Records(file).ToList();

        var result = await EnrichAsync("""{"id":1}""", "1", ("/api/v2/activities", PipedriveStub.Many([.. activities.Select(activity => activity.GetRawText())])));

        Assert.NotEmpty(activities);
        Assert.Equal(Math.Min(activities.Count, 50), result.Enrichment!.BehaviorPatterns!.EngagementMetrics!["interactions"].GetArrayLength());
    }

    [Fact]
    public async Task Map_DocumentedProducts_ArePurchases()
    {
        var products = Records("openapi-v2-example__GET_deals_products__200.exchange.json").ToList();

        var result = await EnrichAsync("""{"id":1}""", "1", ("/api/v2/deals", PipedriveStub.Many("""{"id":1,"status":"won","won_time":"2026-01-01T00:00:00Z"}""")), ("/api/v2/deals/products", PipedriveStub.Many([.. products.Select(product => product.GetRawText())])));

        var purchase = Assert.Single(result.Enrichment!.BehaviorPatterns!.PurchaseHistory!);
        Assert.Equal((products[0].GetProperty("product_id").GetRawText(), products[0].GetProperty("sum").GetDecimal(), products[0].GetProperty("currency").GetString()), (purchase.ProductId, purchase.Amount, purchase.Currency));
    }

    [Fact]
    public async Task EnrichAsync_AnyRecordedAnswer_IsAResultOrAFailureOfItsOwn()
    {
        var count = 0;
        foreach (var (file, exchange) in PipedriveRecordings.Exchanges())
        {
            var response = exchange.GetProperty("response");
            var body = response.TryGetProperty("body", out var json) ? json.GetRawText() : "";
            var status = response.GetProperty("status").GetInt32();
            var stub = new PipedriveStub();
            foreach (var path in new[] { "/api/v2/persons/1", "/api/v2/persons", "/api/v2/deals", "/api/v2/deals/products", "/api/v2/activities", "/api/v2/pipelines", "/api/v2/dealFields", "/v1/users/me" })
            {
                stub.On(path, body, status);
            }

            var plugin = PipedriveFixture.Plugin(stub);
            var failure = await Record.ExceptionAsync(async () => await plugin.EnrichAsync(new EnrichmentRequest("1"), default))
                ?? await Record.ExceptionAsync(async () => await plugin.EnrichBatchAsync([new("1"), new("2")], new BatchResults(2), default))
                ?? await Record.ExceptionAsync(async () => await plugin.ConnectAsync(default));
            Assert.True(failure is null or PluginException, $"{file}: {failure}");
            count++;
        }

        Assert.InRange(count, 66, 1000);
    }

    [Fact]
    public async Task EnrichAsync_CataloguedErrors_HaveTheirCode()
    {
        var entries = PipedriveRecordings.Read("errors.catalogue.json").GetProperty("entries").EnumerateArray().ToList();
        Assert.InRange(entries.Count, 12, 1000);
        foreach (var entry in entries)
        {
            var (id, expected) = (entry.GetProperty("id").GetString()!, entry.GetProperty("maps_to").GetString());
            var plugin = PipedriveFixture.Plugin(new PipedriveStub().On("/api/v2/persons/1", _ => Answer(entry)));

            if (expected == "NOT_FOUND")
            {
                Assert.Equal((id, EnrichmentResultKind.NotFound), (id, (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Kind));
                continue;
            }

            var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("1"), default));
            Assert.Equal((id, expected, entry.GetProperty("retryable").GetBoolean()), (id, JsonSerializer.Serialize(failure.Code, ErrorCodeJson.Default.PluginErrorCode).Trim('"'), failure.Retryable));
            if (entry.TryGetProperty("body", out var body))
            {
                Assert.DoesNotContain(body.GetProperty("error").GetString()!, failure.ToString(), StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<JsonElement> Records(string file) =>
        PipedriveRecordings.Read(Path.Combine("fixtures", file)).GetProperty("exchanges").EnumerateArray()
            .Select(exchange => exchange.GetProperty("response").GetProperty("body").GetProperty("data"))
            .SelectMany(data => data.ValueKind == JsonValueKind.Array ? data.EnumerateArray() : Enumerable.Repeat(data, 1));

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static HttpResponseMessage Answer(JsonElement entry)
    {
        var headers = entry.TryGetProperty("headers", out var listed) ? listed.EnumerateObject().Select(header => (header.Name, header.Value.GetString()!)).ToArray() : [];
        var body = entry.TryGetProperty("body", out var json) ? json.GetRawText() : entry.TryGetProperty("raw_body", out var raw) ? raw.GetString()! : "";
        return PipedriveStub.Json(body, entry.GetProperty("http_status").GetInt32(), headers);
    }

    private static async Task<EnrichmentResult> EnrichAsync(string person, string id, params (string Path, string Body)[] more)
    {
        var stub = new PipedriveStub().On($"/api/v2/persons/{id}", PipedriveStub.One(person));
        foreach (var (path, body) in more)
        {
            stub.On(path, body);
        }

        return await PipedriveFixture.Plugin(stub, PipedriveFixture.Plain with { Capabilities = [PipedriveCapability.Deals, PipedriveCapability.Products, PipedriveCapability.Activities] }).EnrichAsync(new EnrichmentRequest(id), default);
    }
}
