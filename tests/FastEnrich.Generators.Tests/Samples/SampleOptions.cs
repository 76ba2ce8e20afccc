namespace FastEnrich.Generators.Tests.Samples;

public sealed partial record SampleOptions
{
    [ConfigProperty(Description = "API base URL", Pattern = "^https?://")]
    public string ApiUrl { get; init; } = "https://api.example.com";

    [ConfigProperty(Description = "Token", Sensitive = true)]
    public required string ApiKey { get; init; }

    [ConfigProperty(Minimum = 1, Maximum = 300)]
    public int Timeout { get; init; } = 30;

    [ConfigProperty]
    public long? Limit { get; init; }

    [ConfigProperty(Minimum = 0, Maximum = 1)]
    public double Share { get; set; } = 0.5;

    [ConfigProperty]
    public decimal Price { get; init; } = 9.95m;

    [ConfigProperty]
    public bool Archived { get; init; }

    [ConfigProperty]
    public SampleMode Mode { get; init; } = SampleMode.FirstSeen;

    [ConfigProperty(Maximum = 3600)]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(2);

    [ConfigProperty]
    public Uri? Home { get; init; }

    [ConfigProperty(Enum = ["id", "email"])]
    public string LookupBy { get; init; } = "email";

    [ConfigProperty]
    public IReadOnlyList<string> Properties { get; init; } = ["name"];

    [ConfigProperty(Minimum = 0)]
    public int[] Steps { get; init; } = [1, 2];

    [ConfigProperty]
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string> { ["a"] = "b" };

    [ConfigProperty]
    public Dictionary<string, List<SampleRule>> Rules { get; init; } = [];

    [ConfigProperty]
    public SampleRetry Retry { get; init; } = new();

    [ConfigProperty(Sensitive = true)]
    public IReadOnlyList<string> Secrets { get; init; } = [];

    [ConfigProperty]
    public SampleMode? Fallback { get; init; }

    [ConfigProperty(Minimum = 1)]
    public TimeSpan? Pause { get; set; }

    [ConfigProperty]
    public IReadOnlyDictionary<string, SampleMode[]>? Modes { get; init; }

    [ConfigProperty]
    public SampleRule? Rule { get; init; }

    [ConfigProperty(ByteSize = true, Minimum = 1024)]
    public long MaxBody { get; init; } = 1 << 20;

    [ConfigProperty(ByteSize = true)]
    public IReadOnlyDictionary<string, int>? Quotas { get; init; }

    public string Untouched { get; init; } = "kept";
}
