using System.Text;
using System.Text.Json;
using CsCheck;
using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Tests.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>Whatever stands in the fields, the user comes through and the enrichment is one that the engine takes.</summary>
public sealed class SalesforceMappingFuzzTests
{
    private static readonly SalesforceOptions s_options = SalesforceFixture.Static with { MultiCurrency = true, InterestsField = "Topics__c", LeadScoreField = "Score__c", XUsernameField = "X__c", FacebookIdField = "F__c" };

    private static readonly SalesforceFields s_fields = new(s_options, new SalesforceLookup("id", SalesforceIdType.Text));

    private static readonly Gen<string> s_json = Gen.OneOf(
        Gen.String.Select(text => $"\"{JsonEncodedText.Encode(WellFormed(text))}\""),
        Pick("null", "true", "false", "12", "-1e400", "1e28", "\"\"", "\" \"", "{}", "[1]", "[{}]", "\"\\ud800\"", "\"NaN\"", "\"-1\"", "\"99999999999999999999\"", "\"0001-01-01\"", "\"9999-12-31T23:59:59.999-1400\"",
            "\"0001-01-01T00:00:00+1400\"", "\"2026-05-01T07:25:37.000+0000\"", "\"2026-02-30\"", "\"Closed Won\"", "\"eu\"", "\"€€€\"", "\";;;\"", "79228162514264337593543950335", "{\"\\ud800\":1}", "{\"city\":7,\"country\":\"\\udfff\"}",
            "{\"records\":[null,1,{\"ContactId\":\"003dM00001vWOXJQA4\"}]}"),
        Gen.Long.Select(number => $"{number}"),
        Gen.Double.Where(double.IsFinite).Select(number => $"{number:R}"),
        Gen.DateTimeOffset.Select(time => $"\"{time:yyyy-MM-ddTHH:mm:ss.fff}+0000\""),
        Gen.Date.Select(date => $"\"{date:yyyy-MM-dd}\""));

    [Fact]
    public async Task Map_AnyFields_NeverFailsAndIsValid() =>
        await Gen.Select(
            Fields([.. s_fields.Contact, .. s_fields.Account.Select(name => "Account")]),
            Fields([.. s_fields.Opportunity, "OpportunityContactRoles"]).Array[0, 4],
            Fields(["OpportunityId", "TotalPrice", "Product2Id", "Product2"]).Array[0, 4],
            Fields(["ContactId", "WhoId", "Origin", "CreatedDate", "ClosedDate", "TaskSubtype", "CompletedDateTime", "StartDateTime", "IsClosed", "IsEscalated"]).Array[0, 4])
            .SampleAsync(
                async sample =>
                {
                    var related = List(sample.Item4.Select(row => With(row, "\"ContactId\":\"003dM00001vWOXJQA4\",\"WhoId\":\"003dM00001vWOXJQA4\"")));
                    var rows = new Dictionary<string, string>
                    {
                        ["Opportunity"] = List(sample.Item2.Select((row, i) => With(row, $"\"Id\":\"006dM00000Mw7V{(char)('a' + i)}\",\"IsWon\":true,\"OpportunityContactRoles\":{{\"records\":[{{\"ContactId\":\"003dM00001vWOXJQA4\"}}]}}"))),
                        ["OpportunityLineItem"] = List(sample.Item3.Select(row => With(row, "\"OpportunityId\":\"006dM00000Mw7Va\""))),
                        ["Case"] = related,
                        ["Task"] = related,
                        ["Event"] = related,
                    };
                    Check((await SalesforceMappingTests.EnrichAsync(s_options, With(sample.Item1, "\"Id\":\"003dM00001vWOXJQA4\""), rows)).Enrichment!);
                },
                iter: 3000);

    [Fact]
    public async Task EnrichAsync_AnyBody_FailsOnlyAsAPluginException()
    {
        var pieces = Pick("{", "}", "[", "]", "\"Id\":\"003dM00001vWOXJQA4\"", "\"records\":", "\"results\":", "\"statusCode\":200", "\"result\":", "null", ",", "1", "\"done\":false", "\"nextRecordsUrl\":\"/services/data/v67.0/query/01g-2000\"",
            "{\"\\ud800\":1}", "\"errorCode\":\"X\"", "\"\\udfff\"", "\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\"");
        await Gen.Select(pieces.Array[0, 12], Pick(200, 300, 304, 400, 401, 403, 404, 500)).SampleAsync(
            async sample =>
            {
                var handler = new StubHandler(_ => StubHandler.Json(string.Concat(sample.Item1), sample.Item2));
                foreach (var lookupBy in new[] { "id", "email" })
                {
                    var plugin = SalesforceFixture.Plugin(SalesforceFixture.Static with { LookupBy = lookupBy }, handler);
                    await OnlyPluginExceptions(async () => await plugin.EnrichBatchAsync([new("003dM00001vWOXJQA4"), new("a@example.org")], new BatchResults(2), default));
                    await OnlyPluginExceptions(async () => await plugin.EnrichAsync(new EnrichmentRequest("003dM00001vWOXJQA4"), default));
                    await OnlyPluginExceptions(async () => await plugin.ConnectAsync(default));
                    await OnlyPluginExceptions(async () => await plugin.CheckHealthAsync(default));
                }
            },
            iter: 3000);
    }

    private static async Task OnlyPluginExceptions(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (PluginException)
        {
        }
    }

    private static void Check(UserEnrichment enrichment)
    {
        Assert.InRange(enrichment.Confidence, 0, 1);
        Assert.InRange(enrichment.Demographics?.Age ?? 0, 0, 130);
        var behavior = enrichment.BehaviorPatterns ?? new BehaviorPatterns();
        Assert.InRange(behavior.ConversionRate, 0, 1);
        Assert.All(behavior.ActivityTimes ?? [], time => Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).Offset));
        Assert.All(behavior.PurchaseHistory ?? [], purchase =>
        {
            Assert.Equal(TimeSpan.Zero, purchase.Timestamp.Offset);
            Assert.True(purchase.Currency is null || (purchase.Currency.Length == 3 && purchase.Currency.All(char.IsAsciiLetterUpper)));
        });

        var json = JsonSerializer.SerializeToUtf8Bytes(enrichment, FastEnrichJsonContext.Default.UserEnrichment);
        Assert.NotEmpty(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json));
        Assert.NotNull(JsonSerializer.Deserialize(json, FastEnrichJsonContext.Default.UserEnrichment));
    }

    private static Gen<string> Fields(string[] names) =>
        Gen.Select(Pick(names), s_json).Array[0, 20].Select(pairs => $"{{{string.Join(',', pairs.Select(pair => $"\"{pair.Item1}\":{pair.Item2}"))}}}");

    /// <summary>The last of two fields counts, so these do.</summary>
    private static string With(string record, string fields) => record == "{}" ? $"{{{fields}}}" : $"{record[..^1]},{fields}}}";

    private static string List(IEnumerable<string> rows) => $"[{string.Join(',', rows)}]";

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string WellFormed(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
