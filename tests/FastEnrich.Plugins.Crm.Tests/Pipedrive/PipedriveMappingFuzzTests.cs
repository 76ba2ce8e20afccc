using System.Text;
using System.Text.Json;
using CsCheck;
using FastEnrich.Plugins.Crm.Pipedrive;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>Whatever stands in the values, the user comes through and the enrichment is one that the engine takes.</summary>
public sealed class PipedriveMappingFuzzTests
{
    private static readonly string[] s_person =
    [
        "emails", "email", "org_id", "owner_id", "add_time", "update_time", "label_ids", "labels", "im", "birthday", "job_title", "postal_address", "postal_address_country", "custom_fields", "org_name",
        "open_deals_count", "closed_deals_count", "won_deals_count", "lost_deals_count", "email_messages_count", "activities_count", "last_incoming_mail_time", PipedriveFixture.Gender, PipedriveFixture.Interests, PipedriveFixture.Score, PipedriveFixture.Tier,
    ];

    private static readonly string[] s_deal = ["id", "status", "value", "currency", "pipeline_id", "won_time", "close_time", "origin", "channel", "products_count", "probability", "custom_fields", "deal_id", "product_id", "sum", "name", "type", "due_date", "due_time", "done", "marked_as_done_time"];

    private static readonly Gen<string> s_json = Gen.OneOf(
        Gen.String.Select(text => JsonEncodedText.Encode(WellFormed(text))).Select(text => $"\"{text}\""),
        Pick("null", "true", "false", "12", "-1e400", "1e-400", "\"\"", "\" \"", "{}", "[]", "[1]", "[[1]]", "[{}]", "[{\"label\":\"x\",\"value\":\"y\"}]", "{\"value\":{\"value\":1}}", "\"\\ud800\"", "\"NaN\"", "\"9999-12-31T23:59:59.999-14:00\"", "\"0001-01-01\"", "\"won\"", "\"open\"", "\"10:00\"", "\"2026-02-30\"", "\"call\"", "\"eur\"", "99999999999999999999", "\"a@example.org\""),
        Gen.Long.Select(number => $"{number}"),
        Gen.Double.Where(double.IsFinite).Select(number => $"{number:R}"),
        Gen.Decimal.Select(number => $"\"{number}\""),
        Gen.DateTimeOffset.Select(time => $"\"{time:O}\""));

    [Fact]
    public async Task Map_AnyPerson_NeverFailsAndIsValid() =>
        await Record(s_person).SampleAsync(async values => Check((await PipedriveMappingTests.MapAsync($$"""{"id":1{{values}}}""")).Enrichment!), iter: 1500);

    [Fact]
    public async Task Map_AnyDealsProductsAndActivities_NeverFailsAndIsValid() =>
        await Record(s_deal).Array[0, 5].SampleAsync(
            async records =>
            {
                var list = PipedriveStub.Many([.. records.Select((record, id) => $$"""{"id":{{id + 1}},"status":"won","deal_id":{{id + 1}},"won_time":"2026-01-01T00:00:00Z"{{record}}}""")]);
                var stub = PipedriveStub.Person("""{"id":1}""").On("/api/v2/deals", list).On("/api/v2/deals/products", list).On("/api/v2/activities", list);
                Check((await PipedriveFixture.Plugin(stub).EnrichAsync(new EnrichmentRequest("1"), default)).Enrichment!);
            },
            iter: 1000);

    private static Gen<string> Record(string[] names) =>
        Gen.Select(Pick(names), s_json).Array[0, 12].Select(members => string.Concat(members.Select(member => $",\"{member.Item1}\":{member.Item2}")));

    private static void Check(UserEnrichment enrichment)
    {
        Assert.InRange(enrichment.Confidence, 0, 1);
        Assert.InRange(enrichment.Demographics?.Age ?? 0, 0, 130);
        Assert.InRange(enrichment.BehaviorPatterns?.ConversionRate ?? 0, 0, 1);
        Assert.All(enrichment.BehaviorPatterns?.PurchaseHistory ?? [], purchase => Assert.True(purchase.Currency is null || (purchase.Currency.Length == 3 && purchase.Currency.All(char.IsAsciiLetterUpper))));

        var json = JsonSerializer.SerializeToUtf8Bytes(enrichment with { Ttl = TimeSpan.Zero }, FastEnrichJsonContext.Default.UserEnrichment);
        Assert.DoesNotContain('\uFFFD', new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json).Replace("\\uFFFD", "", StringComparison.OrdinalIgnoreCase));
        Assert.NotNull(JsonSerializer.Deserialize(json, FastEnrichJsonContext.Default.UserEnrichment));
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string WellFormed(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
