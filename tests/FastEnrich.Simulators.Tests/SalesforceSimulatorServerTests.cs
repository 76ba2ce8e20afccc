using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Simulators.Tests;

/// <summary>The simulator over real connections, asked as the vendor's documentation says.</summary>
public sealed class SalesforceSimulatorServerTests : IAsyncLifetime
{
    private const string Data = "/services/data/v67.0";

    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private SalesforceSimulator _simulator = null!;
    private SimulatedUser _known = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = new SimulatedPopulation(11, 200), RequestsPerDay = 12, PageSize = 3, TimeProvider = _time });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _simulator.Tokens.Issue());
        var users = Enumerable.Range(0, 200).Select(_simulator.Population.GetUser).ToList();
        _known = users.First(user => user.KnownTo.Contains(SimulatedSystem.Salesforce) && user.Deals.Count(deal => deal.Stage == "closedwon") > 1);
        _stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.Salesforce));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Contact_Fields_AreThoseAskedForInTheirTypes()
    {
        var (status, body) = await GetAsync($"{Data}/sobjects/Contact/{_known.SalesforceId[..15]}?fields=id,Email,Birthdate,CreatedDate,Lead_Score__c,DoNotCall,MailingAddress");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["attributes", "Id", "Email", "Birthdate", "CreatedDate", "Lead_Score__c", "DoNotCall", "MailingAddress"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal((_known.SalesforceId, _known.Email, $"{_known.BirthDate:yyyy-MM-dd}"), (Text(body, "Id"), Text(body, "Email"), Text(body, "Birthdate")));
        Assert.EndsWith(".000+0000", Text(body, "CreatedDate"), StringComparison.Ordinal);
        Assert.Equal((JsonValueKind.Number, _known.City.Name), (body.GetProperty("Lead_Score__c").ValueKind, Text(body.GetProperty("MailingAddress"), "city")));
    }

    [Fact]
    public async Task Contact_ByExternalId_IsTheSame()
    {
        var (_, body) = await GetAsync($"{Data}/sobjects/Contact/Customer_Id__c/{_known.Id}?fields=Id");

        Assert.Equal(_known.SalesforceId, Text(body, "Id"));
    }

    [Fact]
    public async Task Contact_NotModifiedSince_IsNotSentAgain()
    {
        var path = $"{_simulator.BaseUrl}{Data}/sobjects/Contact/{_known.SalesforceId}?fields=Id";
        using var first = await _http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfModifiedSince = first.Content.Headers.LastModified;
        using var again = await _http.SendAsync(request);
        using var earlier = new HttpRequestMessage(HttpMethod.Get, path);
        earlier.Headers.IfModifiedSince = first.Content.Headers.LastModified!.Value.AddSeconds(-1);
        using var changed = await _http.SendAsync(earlier);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, changed.StatusCode));
    }

    [Theory]
    [InlineData("sobjects/Contact/nobody?fields=Id", HttpStatusCode.BadRequest, "MALFORMED_ID")]
    [InlineData("sobjects/Contact/003dM00001vWOXJQA4?fields=Id", HttpStatusCode.BadRequest, "MALFORMED_ID")] // of another instance
    [InlineData("sobjects/Contact/Customer_Id__c/nobody?fields=Id", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("sobjects/Contact/Customer_Id__c/..%2F..?fields=Id", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("sobjects/Contact/Namez/nobody?fields=Id", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("sobjects/Account/x", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("query?q=SELECT", HttpStatusCode.BadRequest, "MALFORMED_QUERY")]
    [InlineData("query/01g5e0000000001AAA-3", HttpStatusCode.BadRequest, "INVALID_QUERY_LOCATOR")]
    public async Task Answer_ToWhatDoesNotExist_HasItsErrorCode(string path, HttpStatusCode expected, string errorCode)
    {
        var (status, body) = await GetAsync($"{Data}/{path}");

        Assert.Equal((expected, errorCode), (status, Text(body[0], "errorCode")));
    }

    [Fact]
    public async Task Contact_Stranger_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"{Data}/sobjects/Contact/{_stranger.SalesforceId}?fields=Id")).Status);

    [Fact]
    public async Task Contact_UnknownField_IsInvalidField()
    {
        var (status, body) = await GetAsync($"{Data}/sobjects/Contact/{_known.SalesforceId}?fields=Id,No_Such__c");

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_FIELD"), (status, Text(body[0], "errorCode")));
    }

    [Fact]
    public async Task Contacts_Collection_KeepsTheOrderWithNullForTheMissing()
    {
        var (status, body) = await PostAsync($"{Data}/composite/sobjects/Contact", $$"""{"ids":["{{_stranger.SalesforceId}}","nonsense","{{_known.SalesforceId}}"],"fields":["Email"]}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Object], body.EnumerateArray().Select(record => record.ValueKind));
        Assert.Equal(_known.Email, Text(body[2], "Email"));
    }

    [Theory]
    [InlineData(2000, HttpStatusCode.OK)]
    [InlineData(2001, HttpStatusCode.BadRequest)]
    public async Task Contacts_Collection_TakesTwoThousand(int count, HttpStatusCode expected)
    {
        var ids = string.Join(',', Enumerable.Repeat($"\"{_known.SalesforceId}\"", count));

        Assert.Equal(expected, (await PostAsync($"{Data}/composite/sobjects/Contact", $$"""{"ids":[{{ids}}],"fields":["Id"]}""")).Status);
    }

    [Theory]
    [InlineData("SELECT Id FROM Contact WHERE Email = '{0}'", 1)]
    [InlineData("select id from contact where email in ('{0}', 'x@example.com', '{0}')", 1)]
    [InlineData("SELECT Id FROM Contact WHERE Email = '{0}' AND Customer_Id__c = '{1}'", 1)]
    [InlineData("SELECT Id FROM Contact WHERE Email = '{0}' AND Customer_Id__c = 'other'", 0)]
    [InlineData(@"SELECT Id FROM Contact WHERE Email = '\'{0}'", 0)]
    public async Task Query_Contacts_AreThoseOfTheConditions(string soql, int count)
    {
        var (status, body) = await QueryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, soql, _known.Email, _known.Id));

        Assert.Equal((HttpStatusCode.OK, count, true), (status, body.GetProperty("totalSize").GetInt32(), body.GetProperty("done").GetBoolean()));
    }

    [Theory]
    [InlineData("SELECT Id FROM Contact WHERE Email = 'a' OR Id != ''")]
    [InlineData("SELECT Id FROM Contact WHERE Email = 'a' OR Email = 'b'")]
    [InlineData("SELECT Id FROM Contact WHERE Email LIKE '%'")]
    [InlineData("SELECT Id FROM Contact WHERE Email = ''b'")]
    [InlineData("SELECT Id FROM Contact WHERE Email = 'a' LIMIT 1")]
    [InlineData("SELECT Id FROM Contact WHERE Email = 'a';")]
    [InlineData("SELECT Id FROM Contact WHERE Email = 'a' --")]
    [InlineData("SELECT Id FROM Contact WHERE Email = 'a\nb'")]
    [InlineData(@"SELECT Id FROM Contact WHERE Email = 'a\x'")]
    [InlineData(@"SELECT Id FROM Contact WHERE Email = 'a\")]
    [InlineData("SELECT Id FROM Contact WHERE Email = \"a\"")]
    [InlineData("SELECT Id FROM Contact WHERE Email IN ()")]
    [InlineData("SELECT Id FROM Contact WHERE Email IN ('a',)")]
    [InlineData("SELECT Id FROM Contact WHERE Name = 'a'")] // nobody has all contacts in memory
    [InlineData("SELECT Id FROM Contact")]
    [InlineData("SELECT Id, FROM Contact WHERE Email = 'a'")]
    [InlineData("DELETE FROM Contact")]
    [InlineData("")]
    public async Task Query_AnythingElse_IsMalformed(string soql)
    {
        var (status, body) = await QueryAsync(soql);

        Assert.Equal((HttpStatusCode.BadRequest, "MALFORMED_QUERY"), (status, Text(body[0], "errorCode")));
    }

    [Theory]
    [InlineData("SELECT Nope FROM Contact WHERE Email = 'a'", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Contact WHERE Nope = 'a'", "INVALID_FIELD")]
    [InlineData("SELECT Account FROM Contact WHERE Email = 'a'", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Nope WHERE Id = 'a'", "INVALID_TYPE")]
    public async Task Query_UnknownName_IsRefusedEvenWithoutRows(string soql, string errorCode) =>
        Assert.Equal(errorCode, Text((await QueryAsync(soql)).Body[0], "errorCode"));

    [Fact]
    public async Task Query_Opportunities_ComeWithTheRolesOfTheContact()
    {
        var (_, body) = await QueryAsync(
            $"SELECT Id,Amount,IsWon,(SELECT ContactId FROM OpportunityContactRoles WHERE ContactId IN ('{_known.SalesforceId}')) FROM Opportunity WHERE Id IN (SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId IN ('{_known.SalesforceId}')) ORDER BY CloseDate DESC");

        var rows = body.GetProperty("records").EnumerateArray().ToList();
        Assert.Equal(_known.Deals.OrderByDescending(deal => deal.ClosedAt.UtcDateTime.Date).Take(3).Select(deal => deal.Amount), rows.Select(row => row.GetProperty("Amount").GetDecimal()));
        Assert.All(rows, row => Assert.Equal(_known.SalesforceId, Text(row.GetProperty("OpportunityContactRoles").GetProperty("records")[0], "ContactId")));
    }

    [Fact]
    public async Task Query_LineItems_AreThoseOfWonOpportunities()
    {
        var (_, body) = await QueryAsync($"SELECT TotalPrice,Product2.ProductCode,Product2.Family FROM OpportunityLineItem WHERE Opportunity.IsWon = true AND OpportunityId IN (SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId IN ('{_known.SalesforceId}'))");

        Assert.Equal(_known.Deals.Count(deal => deal.Stage == "closedwon"), body.GetProperty("totalSize").GetInt32());
        Assert.Contains(Text(body.GetProperty("records")[0].GetProperty("Product2"), "ProductCode"), _known.Deals.Select(deal => deal.Product));
    }

    [Fact]
    public async Task Query_ManyRows_ComeInPages()
    {
        var emails = string.Join(',', Enumerable.Range(0, 20).Select(_simulator.Population.GetUser).Where(user => user.KnownTo.Contains(SimulatedSystem.Salesforce)).Take(8).Select(user => $"'{user.Email}'"));
        var (_, page) = await QueryAsync($"SELECT Id FROM Contact WHERE Email IN ({emails})");
        List<int> sizes = [page.GetProperty("records").GetArrayLength()];
        while (page.TryGetProperty("nextRecordsUrl", out var next))
        {
            (_, page) = await GetAsync(next.GetString()!);
            sizes.Add(page.GetProperty("records").GetArrayLength());
        }

        Assert.Equal([3, 3, 2], sizes);
        Assert.Equal((8, true), (page.GetProperty("totalSize").GetInt32(), page.GetProperty("done").GetBoolean()));
    }

    [Fact]
    public async Task Batch_Subrequests_AreAnsweredEachAndCounted()
    {
        var (status, body) = await BatchAsync(halt: false, "SELECT Id FROM Contact WHERE Email = 'a'", "SELECT Nope FROM Contact WHERE Email = 'a'", "SELECT Id FROM Contact WHERE Email = 'b'");

        Assert.Equal((HttpStatusCode.OK, true), (status, body.GetProperty("hasErrors").GetBoolean()));
        Assert.Equal([200, 400, 200], body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("statusCode").GetInt32()));
        var (_, limits) = await GetAsync($"{Data}/limits");
        Assert.Equal(12 - 4, limits.GetProperty("DailyApiRequests").GetProperty("Remaining").GetInt32());
    }

    [Fact]
    public async Task Batch_HaltOnError_DoesNotExecuteTheRest()
    {
        _simulator.FailNextSubrequest("query_timeout");

        var (_, body) = await BatchAsync(halt: true, "SELECT Id FROM Contact WHERE Email = 'a'", "SELECT Id FROM Contact WHERE Email = 'b'");

        Assert.Equal([400, 412], body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("statusCode").GetInt32()));
        Assert.Equal("BATCH_PROCESSING_HALTED", Text(body.GetProperty("results")[1].GetProperty("result")[0], "errorCode"));
    }

    [Fact]
    public async Task Batch_OverTheLimit_IsRefused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await BatchAsync(halt: true, [.. Enumerable.Repeat("SELECT Id FROM Contact WHERE Email = 'a'", 26)])).Status);

    [Fact]
    public async Task Limits_OfADay_CountAndComeBack()
    {
        List<(HttpStatusCode, string?)> answers = [];
        for (var i = 0; i < 14; i++)
        {
            using var response = await _http.GetAsync($"{_simulator.BaseUrl}{Data}/limits");
            answers.Add((response.StatusCode, response.Headers.GetValues("Sforce-Limit-Info").Single()));
            if (i == 12)
            {
                _time.Advance(TimeSpan.FromDays(1));
            }
        }

        Assert.Equal((HttpStatusCode.OK, "api-usage=1/12"), answers[0]);
        Assert.Equal((HttpStatusCode.OK, "api-usage=12/12"), answers[11]);
        Assert.Equal((HttpStatusCode.Forbidden, "api-usage=12/12"), answers[12]);
        Assert.Equal((HttpStatusCode.OK, "api-usage=1/12"), answers[13]);
    }

    [Fact]
    public async Task Token_ClientCredentials_NamesTheInstance()
    {
        var (status, body) = await TokenAsync(("grant_type", "client_credentials"), ("client_id", _simulator.Tokens.ClientId), ("client_secret", _simulator.Tokens.ClientSecret));

        Assert.Equal((HttpStatusCode.OK, _simulator.BaseUrl), (status, Text(body, "instance_url")));
        Assert.False(body.TryGetProperty("expires_in", out _)); // the vendor does not say
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(body, "access_token"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"{Data}/limits")).Status);
    }

    [Theory]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("client_credentials", "invalid_client")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer", "invalid_grant")]
    public async Task Token_WrongRequest_HasItsError(string grant, string error) =>
        Assert.Equal(error, Text((await TokenAsync(("grant_type", grant), ("assertion", "e30.e30.e30"))).Body, "error"));

    [Theory]
    [InlineData(null, "INVALID_AUTH_HEADER")]
    [InlineData("other", "INVALID_SESSION_ID")]
    public async Task Answer_WrongToken_IsUnauthorized(string? token, string errorCode)
    {
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        var (status, body) = await GetAsync($"{Data}/limits");

        Assert.Equal((HttpStatusCode.Unauthorized, errorCode), (status, Text(body[0], "errorCode")));
    }

    [Fact]
    public async Task Errors_Each_AnswersAsTheCatalogueSays()
    {
        foreach (var error in _simulator.Errors)
        {
            _simulator.FailNext(error, text: "the \"text\"");
            using var response = await _http.GetAsync($"{_simulator.BaseUrl}{Data}/limits");
            var body = await response.Content.ReadAsStringAsync();

            Assert.True((int)response.StatusCode is 300 or (>= 400 and <= 503), error);
            Assert.True(error is "uri_too_long" || JsonDocument.Parse(body).RootElement.ValueKind == JsonValueKind.Array, error);
        }
    }

    [Fact]
    public async Task Versions_Always_AreThreeWithoutBeingCounted()
    {
        var (_, body) = await GetAsync("/services/data/");

        Assert.Equal(["65.0", "66.0", "67.0"], body.EnumerateArray().Select(version => Text(version, "version")));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/services/data/v99.0/limits")).Status);
        Assert.Equal(11 - 1, (await GetAsync($"{Data}/limits")).Body.GetProperty("DailyApiRequests").GetProperty("Remaining").GetInt32());
    }

    [Fact]
    public async Task Answer_SameSeed_HasTheSameBytes()
    {
        await using var other = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = new SimulatedPopulation(11, 200), PageSize = 3 });
        var mine = await _http.GetStringAsync(Path(_simulator));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", other.Tokens.Issue());

        Assert.Equal(mine, await _http.GetStringAsync(Path(other)));
        string Path(SalesforceSimulator simulator) => $"{simulator.BaseUrl}{Data}/query?q={Uri.EscapeDataString($"SELECT WhoId,TaskSubtype,CreatedDate FROM Task WHERE WhoId IN ('{_known.SalesforceId}')")}";
    }

    private static string? Text(JsonElement record, string name) => record.GetProperty(name).GetString();

    private Task<(HttpStatusCode Status, JsonElement Body)> QueryAsync(string soql) => GetAsync($"{Data}/query?q={Uri.EscapeDataString(soql)}");

    private Task<(HttpStatusCode Status, JsonElement Body)> BatchAsync(bool halt, params string[] queries) =>
        PostAsync($"{Data}/composite/batch", $$"""{"haltOnError":{{(halt ? "true" : "false")}},"batchRequests":[{{string.Join(',', queries.Select(query => $$"""{"method":"GET","url":"v67.0/query?q={{Uri.EscapeDataString(query)}}"}"""))}}]}""");

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        var uri = new Uri(_simulator.BaseUrl + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var response = await _http.GetAsync(uri);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(_simulator.BaseUrl + path, content);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> TokenAsync(params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await _http.PostAsync($"{_simulator.BaseUrl}/services/oauth2/token", content);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
