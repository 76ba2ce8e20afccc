using FastEnrich;

namespace Acme;

internal sealed partial record LoyaltyOptions
{
    [ConfigProperty(Description = "The answer of the programme", Pattern = "^\\{")]
    public string Answer { get; init; } = """{"points":7,"city":"Porto","tiers":["gold"],"expires":"2027-01-01T00:00:00Z"}""";

    [ConfigProperty(Description = "The key of the programme", Sensitive = true)]
    public string? Key { get; init; }

    [ConfigProperty(Description = "How long the programme may take", Minimum = 1, Maximum = 60)]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    [ConfigProperty(Description = "Programmes by country")]
    public IReadOnlyDictionary<string, int> Countries { get; init; } = new Dictionary<string, int>();
}
