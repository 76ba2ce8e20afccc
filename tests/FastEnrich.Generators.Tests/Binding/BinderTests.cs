using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Binding;

public sealed class BinderTests
{
    [Fact]
    public void Bind_OnlyRequired_KeepsEveryInitialiser()
    {
        var options = Bound(("api_key", "k"));

        Assert.Equal("https://api.example.com", options.ApiUrl);
        Assert.Equal((30, 0.5, 9.95m, SampleMode.FirstSeen), (options.Timeout, options.Share, options.Price, options.Mode));
        Assert.Equal(TimeSpan.FromMinutes(2), options.Window);
        Assert.Equal(["name"], options.Properties);
        Assert.Equal("b", options.Fields["a"]);
        Assert.Equal(3, options.Retry.Attempts);
        Assert.Equal("kept", options.Untouched);
        Assert.Null(options.Limit);
    }

    [Fact]
    public void Bind_EveryProperty_ReadsIt()
    {
        var options = Bound(
            ("api_key", "k"), ("api-url", "http://x"), ("TIMEOUT", "300"), ("limit", "-9000000000"), ("share", "1e-1"), ("price", "12.50"), ("archived", "True"),
            ("mode", "Last-Seen"), ("window", "1h"), ("home", "https://example.com/a"), ("LookupBy", "id"), ("properties:0", "a"), ("properties:1", "b"),
            ("steps:0", "4"), ("fields:First", "one"), ("rules:r:0:when", "always"), ("rules:r:1:when", "never"), ("rules:r:1:weight", "7"),
            ("retry:attempts", "0"), ("retry:proxy", "p"), ("secrets:0", "s"),
            ("fallback", "LASTSEEN"), ("pause", "5000ms"), ("modes:m:0", "first_seen"), ("modes:m:1", "last_seen"), ("rule:when", "now"));

        Assert.Equal(("http://x", 300, -9_000_000_000L, 0.1, 12.5m, true), (options.ApiUrl, options.Timeout, options.Limit, options.Share, options.Price, options.Archived));
        Assert.Equal((SampleMode.LastSeen, TimeSpan.FromHours(1), "id"), (options.Mode, options.Window, options.LookupBy));
        Assert.Equal(new Uri("https://example.com/a"), options.Home);
        Assert.Equal(["a", "b"], options.Properties);
        Assert.Equal([4], options.Steps);
        Assert.Equal("one", options.Fields["First"]);
        Assert.Equal([("always", 1), ("never", 7)], options.Rules["r"].Select(r => (r.Condition, r.Weight)));
        Assert.Equal((0, "p"), (options.Retry.Attempts, options.Retry.Proxy));
        Assert.Equal(["s"], options.Secrets);
        Assert.Equal((SampleMode.LastSeen, TimeSpan.FromSeconds(5)), (options.Fallback, options.Pause));
        Assert.Equal([SampleMode.FirstSeen, SampleMode.LastSeen], options.Modes!["m"]);
        Assert.Equal(("now", 1), (options.Rule!.Condition, options.Rule.Weight));
    }

    [Fact]
    public void Bind_ManyMistakes_ReportsAllAtOnce()
    {
        var errors = Errors(
            ("api_url", "ftp://x"), ("timeout", "301"), ("limit", "many"), ("share", "NaN"), ("archived", "yes"), ("mode", "later"), ("window", "2h"),
            ("home", "nowhere"), ("lookup_by", "name"), ("properties", "a"), ("steps:0", "-1"), ("rules:r:0:weight", "1"), ("retry:attempts", "11"), ("apikey2", "hunter2"));

        Assert.Equal(
        [
            "config:api_url: found 'ftp://x', expected text that matches ^https?://",
            "config:api_key: expected a value, which is required",
            "config:timeout: found '301', expected a whole number from 1 to 300",
            "config:limit: found 'many', expected a whole number from -9223372036854775808 to 9223372036854775807",
            "config:share: found 'NaN', expected a number from 0 to 1",
            "config:archived: found 'yes', expected true or false",
            "config:mode: found 'later', expected one of first_seen, last_seen",
            "config:window: found '2h', expected a duration such as 30 (seconds), 500ms, 30s, 2m, 1h, 1d or 00:00:30 of at most 3600 seconds",
            "config:home: found 'nowhere', expected an absolute URL",
            "config:lookup_by: found 'name', expected one of id, email",
            "config:properties: found 'a', expected a list",
            "config:steps:0: found '-1', expected a whole number of at least 0",
            "config:rules:r:0:when: expected a value, which is required",
            "config:retry:attempts: found '11', expected a whole number from 0 to 10",
            "config:apikey2: expected a known key: api_url, api_key, timeout, limit, share, price, archived, mode, window, home, lookup_by, properties, steps, fields, rules, retry, secrets, fallback, pause, modes, rule, max_body, quotas",
        ], errors.Select(e => e.ToString()));
    }

    [Fact]
    public void Bind_MistakeInSensitiveValue_HidesIt()
    {
        var error = Assert.Single(Errors(("api_key", "k"), ("secrets", "hunter2")));

        Assert.Equal("***", error.Found);
    }

    [Fact]
    public void Bind_TwoSpellingsOfOneKey_IsAnError()
    {
        var error = Assert.Single(Errors(("api_key", "k"), ("api-key", "hunter2")));

        Assert.Equal("config:api_key", error.Path);
        Assert.Null(error.Found);
    }

    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("30s", 30_000)]
    [InlineData("500ms", 500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("0.5h", 1_800_000)]
    [InlineData("00:00:30", 30_000)]
    public void Bind_Duration_ReadsEveryForm(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Bound(("api_key", "k"), ("window", text)).Window);

    [Theory]
    [InlineData("-1s")]
    [InlineData("1w")]
    [InlineData("")]
    [InlineData("1e3s")]
    [InlineData("99999999999999999999d")]
    public void Bind_NoDuration_IsAnError(string text) => Assert.Equal("config:window", Assert.Single(Errors(("api_key", "k"), ("window", text))).Path);

    [Theory]
    [InlineData("1024", 1024)]
    [InlineData("64KiB", 65536)]
    [InlineData("1.5 mib", 1572864)]
    [InlineData("2KB", 2000)]
    public void Bind_Size_ReadsEveryForm(string text, long bytes) =>
        Assert.Equal(bytes, Assert.IsType<SampleOptions>(Configurations.Bind("sample", ("api_key", "k"), ("max_body", text)).Options).MaxBody);

    [Theory]
    [InlineData("max_body", "1023")]
    [InlineData("max_body", "-1KiB")]
    [InlineData("max_body", "64 kib bytes")]
    [InlineData("max_body", "99999999999TiB")]
    [InlineData("quotas:a", "3GiB")]
    public void Bind_NoSizeOrOneThatDoesNotFit_IsAnError(string key, string text) => Assert.Equal($"config:{key}", Assert.Single(Errors(("api_key", "k"), (key, text))).Path);

    [Fact]
    public void Bind_ListOfTwelve_KeepsTheOrder()
    {
        var values = Enumerable.Range(0, 12).Select(i => ($"steps:{i}", (string?)$"{i}")).Prepend(("api_key", "k"));

        Assert.Equal(Enumerable.Range(0, 12), Bound([.. values]).Steps);
    }

    [Fact]
    public void Bind_NestedSectionIsText_IsAnError() => Assert.Equal("a mapping", Assert.Single(Errors(("api_key", "k"), ("retry", "3"))).Expected);

    [Fact]
    public void ToString_SensitiveMembers_PrintsStars()
    {
        var text = Bound(("api_key", "hunter2"), ("retry:proxy", "hunter3"), ("secrets:0", "hunter4")).ToString();

        Assert.DoesNotContain("hunter", text, StringComparison.Ordinal);
        Assert.Contains("ApiUrl = https://api.example.com, ApiKey = ***, Timeout = 30,", text, StringComparison.Ordinal);
        Assert.Contains("Retry = SampleRetry { Attempts = 3, Proxy = *** }, Secrets = ***, Fallback = , Pause = , Modes = , Rule = , MaxBody = 1048576, Quotas = , Untouched = kept }", text, StringComparison.Ordinal);
    }

    private static SampleOptions Bound(params (string Key, string? Value)[] values)
    {
        var (options, errors) = Configurations.Bind("sample", values);
        Assert.Empty(errors);
        return (SampleOptions)options!;
    }

    private static IReadOnlyList<ConfigError> Errors(params (string Key, string? Value)[] values) => Configurations.Bind("sample", values).Errors;
}
