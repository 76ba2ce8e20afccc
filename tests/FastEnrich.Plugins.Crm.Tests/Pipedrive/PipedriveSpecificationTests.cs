using FastEnrich.Plugins.Crm.Pipedrive;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>Every request that the plugin can send keeps to the vendor's OpenAPI documents; skipped where they do not lie beside the repository.</summary>
public sealed class PipedriveSpecificationTests
{
    private static readonly Lazy<PipedriveSpecification> s_specification = new(() => new PipedriveSpecification());

    [Theory]
    [InlineData("id", 2, 10)]
    [InlineData("id", 40, 10)]
    [InlineData("email", 2, 11)]
    [InlineData(PipedriveFixture.Tier, 2, 11)]
    public async Task Requests_OfEveryLookup_KeepToTheSpecificationAndItsCosts(string lookupBy, int customFields, int kinds)
    {
        var specification = s_specification.Value;
        var stub = Stub();
        var context = PipedriveFixture.Context(stub);

        await AskAsync(new PipedrivePlugin(Options(lookupBy, customFields), context), lookupBy);

        Assert.Empty(stub.Requests.SelectMany(specification.Problems));
        Assert.Equal(kinds, stub.Paths.Select(path => path.TrimEnd([.. "0123456789"])).Distinct().Count());
        Assert.Equal(stub.Requests.Sum(specification.CostOf), context.Upstream.Usage.Credits);
    }

    [Theory]
    [InlineData("/api/v2/person")]
    [InlineData("/api/v2/persons?ids=1&limit=501")]
    [InlineData("/api/v2/persons?include_fields=notes")]
    [InlineData("/api/v2/persons?exact_match=true")]
    [InlineData("/api/v2/deals?person_id=x")]
    [InlineData("/api/v2/persons/search?fields=email")]
    public void Problems_RequestAgainstTheSpecification_IsSeen(string request) =>
        Assert.NotEmpty(s_specification.Value.Problems(new Uri("https://pipedrive.test" + request)));

    private static PipedriveOptions Options(string lookupBy, int customFields) => PipedriveFixture.Plain with
    {
        LookupBy = lookupBy,
        DealProductField = PipedriveFixture.Sku,
        DealCategoryField = PipedriveFixture.Line,
        CustomFields = Enumerable.Range(0, customFields).ToDictionary(number => $"fact_{number}", number => $"{number:x40}"),
    };

    /// <summary>Connects, checks health, reads one person and a batch as large as there is.</summary>
    private static async Task AskAsync(PipedrivePlugin plugin, string lookupBy)
    {
        string Key(int id) => lookupBy == "email" ? $"u{id}@example.org" : $"{id}";
        await plugin.ConnectAsync(default);
        await plugin.CheckHealthAsync(default);
        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest(Key(1)), default)).Kind);
        var results = new BatchResults(100);
        await plugin.EnrichBatchAsync([.. Enumerable.Range(1, 100).Select(id => new EnrichmentRequest(Key(id)))], results, default);
        Assert.All(Enumerable.Range(0, 100), index => Assert.Equal(EnrichmentResultKind.Found, results.GetResult(index).Kind));
    }

    private static PipedriveStub Stub()
    {
        var stub = new PipedriveStub()
            .On("/v1/users/me", PipedriveStub.One("""{"id":1}"""))
            .On("/api/v2/persons", PipedriveStub.Many([.. Enumerable.Range(1, 100).Select(Person)]))
            .On("/api/v2/persons/1", PipedriveStub.One(Person(1)))
            .On("/api/v2/organizations/8", PipedriveStub.One("""{"id":8}"""))
            .On("/api/v2/organizations", PipedriveStub.Many("""{"id":8}""", """{"id":7}"""))
            .On("/api/v2/persons/search", request => PipedriveStub.Json($$$"""{"success":true,"data":{"items":[{"item":{{{Person(IdIn(request, "term=u"))}}}}]}}"""))
            .On("/api/v2/itemSearch/field", request => PipedriveStub.Json(PipedriveStub.Many(Person(IdIn(request, "term=")))));
        return stub.On("/api/v2/deals", request => PipedriveStub.Json(PipedriveStub.Many([.. Enumerable.Range(0, 3).Select(number => $$"""{"id":{{IdIn(request, "person_id=")}}0{{number}},"status":"won"}""")])));
    }

    private static string Person(int id) => $$$"""{"id":{{{id}}},"org_id":{{{7 + (id % 2)}}},"emails":["u{{{id}}}@example.org"],"custom_fields":{"{{{PipedriveFixture.Tier}}}":"{{{id}}}"}}""";

    private static int IdIn(HttpRequestMessage request, string before)
    {
        var query = request.RequestUri!.Query;
        var start = query.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return int.Parse(new string([.. query[start..].TakeWhile(char.IsAsciiDigit)]));
    }
}
