namespace FastEnrich.Plugins;

public sealed class EnrichmentRequestTests
{
    [Fact]
    public void Constructor_SixteenIdentities_KeepsThem()
    {
        var request = new EnrichmentRequest("u", Identities(16));

        Assert.Equal(16, request.Identities.Count);
    }

    [Fact]
    public void Constructor_SeventeenIdentities_Throws() => Assert.Throws<ArgumentException>(() => new EnrichmentRequest("u", Identities(17)));

    [Theory]
    [InlineData(64, 512, true)]
    [InlineData(65, 512, false)]
    [InlineData(64, 513, false)]
    [InlineData(0, 1, false)]
    [InlineData(1, 0, false)]
    public void Constructor_IdentityOfLengths_IsTakenWithinLimits(int nameBytes, int valueBytes, bool taken)
    {
        var identities = new Dictionary<string, string> { [new string('n', nameBytes)] = new string('v', valueBytes) };

        if (taken)
        {
            Assert.Single(new EnrichmentRequest("u", identities).Identities);
        }
        else
        {
            Assert.Throws<ArgumentException>(() => new EnrichmentRequest("u", identities));
        }
    }

    [Fact]
    public void Constructor_NameOf33TwoByteLetters_Throws()
    {
        Assert.Throws<ArgumentException>(() => new EnrichmentRequest("u", new Dictionary<string, string> { [new string('é', 33)] = "v" }));
    }

    [Fact]
    public void Constructor_LoneSurrogate_Throws()
    {
        Assert.Throws<ArgumentException>(() => new EnrichmentRequest("a\uD800"));
        Assert.Throws<ArgumentException>(() => new EnrichmentRequest("u", new Dictionary<string, string> { ["email"] = "a\uDC00" }));
        Assert.Throws<ArgumentException>(() => new EnrichmentRequest("u", new Dictionary<string, string> { ["\uDC00"] = "a" }));
    }

    [Fact]
    public void Constructor_BadIdentity_QuotesNothingOfIt()
    {
        var refused = Assert.Throws<ArgumentException>(() => new EnrichmentRequest("u", new Dictionary<string, string> { ["email"] = "secret\uD800" }));

        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Identities_ChangedAfterwards_StayAsTheyWere()
    {
        var identities = new Dictionary<string, string> { ["email"] = "before" };
        var request = new EnrichmentRequest("u", identities);

        identities["email"] = "after";

        Assert.Equal("before", request.Identities["email"]);
    }

    private static Dictionary<string, string> Identities(int count) => Enumerable.Range(0, count).ToDictionary(i => "name" + i, i => "value" + i);

    [Fact]
    public void WithPrevious_Request_KeepsTheUserAndCarriesTheResult()
    {
        var enrichment = new UserEnrichment { Interests = ["chess"] };
        var request = new EnrichmentRequest("u1", new Dictionary<string, string> { ["email"] = "a@example.org" });

        var conditional = request.WithPrevious(new PreviousResult(enrichment, "\"tag\"", DateTimeOffset.UnixEpoch));

        Assert.Equal(("u1", "a@example.org", "\"tag\"", DateTimeOffset.UnixEpoch), (conditional.UserId, conditional.Identities["email"], conditional.Previous!.Validator, conditional.Previous.FetchedAt));
        Assert.Same(enrichment, conditional.Previous.Enrichment);
        Assert.Null(request.Previous);
        Assert.Throws<ArgumentNullException>(static () => new PreviousResult((UserEnrichment)null!, null, default));
    }
}
