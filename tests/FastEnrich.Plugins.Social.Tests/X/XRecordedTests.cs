using System.Text.Json;
using FastEnrich.Plugins.Social.X;
using FastEnrich.Plugins.Social.X.Payloads;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>The plugin over recorded answers that lie beside the repository; skipped where they do not.</summary>
public sealed class XRecordedTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_593_186_000);

    [Fact]
    public async Task EnrichAsync_EveryRecordedUser_DeliversWhatStandsInIt()
    {
        var users = Answers().SelectMany(answer => Items(answer.Body)).Where(item => item.TryGetProperty("username", out _)).ToList();
        Assert.InRange(users.Count, 200, 100_000);
        foreach (var user in users)
        {
            var id = user.GetProperty("id").GetString()!;

            var result = await XFixture.Plugin(XFixture.Upstream($$"""{"data":[{{user.GetRawText()}}]}""")).EnrichAsync(XFixture.ById(id), default);

            Assert.Equal((id, user.GetProperty("username").GetString()), (result.Identities!["x_id"], result.Identities["x_username"]));
            Assert.Equal(Count(user, "followers_count") + Count(user, "following_count"), result.Enrichment!.SocialConnections!.Connections);
            Assert.InRange(result.Enrichment.Confidence, 0.1, 0.9);
        }
    }

    [Fact]
    public async Task EnrichAsync_EveryRecordedPage_IsReadAsATimeline()
    {
        var pages = Answers().Where(answer => Items(answer.Body).Any(item => item.TryGetProperty("text", out _))).ToList();
        Assert.InRange(pages.Count, 20, 1000);
        foreach (var page in pages)
        {
            var list = page.Body.GetProperty("data").ValueKind == JsonValueKind.Array ? page.Body.GetRawText() : $$"""{"data":[{{page.Body.GetProperty("data").GetRawText()}}]}""";
            var posts = Items(page.Body).Take(100).ToList();

            var result = await XFixture.Plugin(XFixture.Upstream("""{"data":[{"id":"1"}]}""", list), XFixture.Options with { MaxPosts = 100 }).EnrichAsync(XFixture.ById("1"), default);

            var behavior = result.Enrichment!.BehaviorPatterns!;
            var times = posts.Select(post => post.TryGetProperty("created_at", out var time) ? time.GetString()![..19] + "Z" : null).OfType<string>().ToHashSet();
            Assert.Equal(times.OrderDescending().Take(20), behavior.ActivityTimes ?? []);
            Assert.Subset(result.Enrichment.Interests?.ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [], posts.SelectMany(Entities).Distinct(StringComparer.OrdinalIgnoreCase).Take(20).ToHashSet(StringComparer.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Read_EveryRecordedAnswer_IsOfTheShapeThatThePluginReads()
    {
        var answers = Answers().ToList();
        Assert.InRange(answers.Count, 80, 1000);
        foreach (var (file, _, body) in answers.Where(answer => answer.Body.ValueKind == JsonValueKind.Object))
        {
            Assert.Null(Record.Exception(() => Read(body)) is { } exception ? $"{file}: {exception.Message}" : null);
        }
    }

    [Fact]
    public async Task EnrichAsync_RecordedFailures_HaveTheirCode()
    {
        var failures = Exchanges().Where(exchange => exchange.Status >= 400).ToList();
        Assert.InRange(failures.Count, 5, 1000);
        foreach (var (file, status, response) in failures)
        {
            var failure = await Assert.ThrowsAsync<PluginException>(async () => await EnrichAsync(response, status));

            Assert.Equal((file, status == 429 ? PluginErrorCode.RateLimitError : PluginErrorCode.InvalidConfig), (file, failure.Code));
        }
    }

    [Fact]
    public async Task EnrichAsync_CataloguedErrors_HaveTheirCode()
    {
        var entries = RecordedUpstream.Read("errors.catalogue.json").GetProperty("entries").EnumerateArray().ToList();
        Assert.InRange(entries.Count, 14, 1000);
        foreach (var entry in entries)
        {
            var (id, expected) = (entry.GetProperty("id").GetString()!, entry.GetProperty("maps_to").GetString());
            if (expected == "NOT_FOUND")
            {
                Assert.Equal((id, EnrichmentResultKind.NotFound), (id, (await EnrichAsync(entry, entry.GetProperty("http_status").GetInt32())).Kind));
                continue;
            }

            var failure = await Assert.ThrowsAsync<PluginException>(async () => await EnrichAsync(entry, entry.GetProperty("http_status").GetInt32()));

            Assert.Equal((id, expected, entry.GetProperty("retryable").GetBoolean()), (id, JsonSerializer.Serialize(failure.Code, ErrorCodeJson.Default.PluginErrorCode).Trim('"'), failure.Retryable));
            Assert.Equal((id, failure.Code is PluginErrorCode.RateLimitError or PluginErrorCode.QuotaExceeded), (id, failure.RetryAfter is not null));
            if (entry.TryGetProperty("body", out var body) && body.TryGetProperty("detail", out var detail) && detail.GetString() != "Unauthorized")
            {
                Assert.DoesNotContain(detail.GetString()!, failure.ToString(), StringComparison.Ordinal);
            }
        }
    }

    private static async Task<EnrichmentResult> EnrichAsync(JsonElement response, int status)
    {
        var headers = response.TryGetProperty("headers", out var listed) ? listed.EnumerateObject().Where(header => header.Name.StartsWith("x-", StringComparison.Ordinal)).Select(header => (header.Name, header.Value.GetString()!)).ToArray() : [];
        var body = response.TryGetProperty("body", out var json) && json.ValueKind == JsonValueKind.Object ? json.GetRawText()
            : response.TryGetProperty("raw_body", out var raw) || response.TryGetProperty("raw", out raw) ? raw.GetString()!
            : "";
        return await XFixture.Plugin(new StubHandler(_ => StubHandler.Json(body, status, headers)), timeProvider: new FakeTimeProvider(s_now)).EnrichAsync(XFixture.ById("2244994946"), default);
    }

    private static IEnumerable<string> Entities(JsonElement post) =>
        post.TryGetProperty("context_annotations", out var annotations) ? annotations.EnumerateArray().Select(annotation => annotation.GetProperty("entity").GetProperty("name").GetString()!.Trim()) : [];

    private static void Read(JsonElement body)
    {
        var data = body.TryGetProperty("data", out var found) ? found : default;
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("username", out _))
        {
            data.Deserialize(XPluginJsonContext.Default.XUser);
        }
        else if (data.ValueKind == JsonValueKind.Array && Items(body).Any(item => item.TryGetProperty("username", out _)))
        {
            Assert.NotNull(body.Deserialize(XPluginJsonContext.Default.XUsersPage)!.Data);
        }
        else if (data.ValueKind == JsonValueKind.Array && Items(body).Any(item => item.TryGetProperty("text", out _)))
        {
            Assert.NotNull(body.Deserialize(XPluginJsonContext.Default.XPostsPage)!.Data);
        }
        else if (data.ValueKind == JsonValueKind.Array)
        {
            Assert.NotNull(body.Deserialize(XPluginJsonContext.Default.XListsPage)!.Data);
        }
        else
        {
            Assert.NotNull(body.Deserialize(XPluginJsonContext.Default.XProblem));
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement body) =>
        body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("data", out var data) ? []
        : (data.ValueKind == JsonValueKind.Array ? data.EnumerateArray() : Enumerable.Repeat(data, 1)).Where(item => item.ValueKind == JsonValueKind.Object);

    private static long Count(JsonElement user, string name) =>
        user.TryGetProperty("public_metrics", out var metrics) && metrics.TryGetProperty(name, out var count) ? count.GetInt64() : 0;

    private static IEnumerable<(string File, int Status, JsonElement Body)> Answers() =>
        Directory.EnumerateFiles(RecordedUpstream.Require("fixtures"), "*.json").Where(file => !file.EndsWith("INDEX.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SelectMany(file => Path.GetFileName(file).Contains(".exchange.", StringComparison.Ordinal)
                ? Exchanges(file).Select(exchange => (exchange.File, exchange.Status, exchange.Response.GetProperty("body")))
                : [(Path.GetFileName(file), 200, RecordedUpstream.Read(Path.Combine("fixtures", Path.GetFileName(file))))]);

    private static IEnumerable<(string File, int Status, JsonElement Response)> Exchanges() =>
        Directory.EnumerateFiles(RecordedUpstream.Require("fixtures"), "*.exchange.json").Order(StringComparer.Ordinal).SelectMany(Exchanges);

    private static IEnumerable<(string File, int Status, JsonElement Response)> Exchanges(string file) =>
        RecordedUpstream.Read(Path.Combine("fixtures", Path.GetFileName(file))).GetProperty("exchanges").EnumerateArray()
            .Select(exchange => (Path.GetFileName(file), exchange.GetProperty("response").GetProperty("status").GetInt32(), exchange.GetProperty("response")));
}
