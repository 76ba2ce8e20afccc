using System.Text.Json;
using FastEnrich.Golden;

namespace FastEnrich.Profiles;

/// <summary>Log statements print objects; none of these may print a user.</summary>
public sealed class ToStringTests
{
    private const string Secret = "s3cr3t";

    public static object[] Values =>
    [
        new Demographics { City = Secret, Age = 99999 },
        new SocialConnections { Platforms = [Secret] },
        new BehaviorPatterns { SearchPatterns = [Secret] },
        new PurchaseEvent { ProductId = Secret },
        new UserEnrichment { Source = Secret, Interests = [Secret], Demographics = new Demographics { City = Secret }, ContextualData = Contract.Map(("a", $"\"{Secret}\"")) },
        new EnrichedProfile { UserId = Secret, Merged = new UserEnrichment { Interests = [Secret] } },
        FakeProfileSource.Serve(new EnrichedProfile { UserId = Secret }),
        new EnrichmentRequest(Secret, new Dictionary<string, string> { ["email"] = Secret }),
        EnrichmentResult.Found(new UserEnrichment { Interests = [Secret] }, new Dictionary<string, string> { ["email"] = Secret }, Secret),
        new PreviousResult(() => new UserEnrichment { Interests = [Secret] }, Secret, default),
    ];

    [Fact]
    public void ToString_OfWhatHoldsAUser_ShowsNothingOfIt()
    {
        Assert.All(Values, value => Assert.DoesNotContain(Secret, value.ToString(), StringComparison.Ordinal));
    }
}
