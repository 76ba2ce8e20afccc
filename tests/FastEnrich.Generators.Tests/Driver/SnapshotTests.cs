namespace FastEnrich.Generators.Tests.Driver;

/// <summary>Holds the text of what is generated, so that a change of it is seen in review. Set UPDATE_SNAPSHOTS=1 to accept one.</summary>
public sealed class SnapshotTests
{
    public const string Plugin =
        """
        namespace Acme;

        [EnrichmentPlugin("acme-crm", Description = "Contacts", Capabilities = ["lead_scoring"]), JsonPayload(typeof(Contact))]
        [Provides("email"), Needs("acme_id"), DependsOn("other")]
        public sealed class CrmPlugin(CrmOptions options, PluginContext context, IFormatProvider? formats) : IEnrichmentPlugin
        {
            public object All => (options, context, formats);
            public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => default;
        }

        public sealed partial record CrmOptions
        {
            [ConfigProperty(Sensitive = true, Pattern = "^[!-~]+$")]
            public required string ApiKey { get; init; }

            [ConfigProperty(Minimum = 1)]
            public int[] Pages { get; set; } = [];
        }

        public sealed class Contact
        {
            [JsonPropertyName("id")] public required string Id { get; init; }
            public int? Age { get; set; }
        }
        """;

    [Theory]
    [InlineData("CrmPlugin")]
    [InlineData("PluginCatalog")]
    public void Run_Sample_WritesTheSnapshot(string name)
    {
        var run = Compilations.Run(Compilations.Create(Plugin));
        var source = run.Result.GeneratedSources.Single(s => s.HintName.StartsWith(name, StringComparison.Ordinal)).SourceText.ToString();
        var path = Path.Combine(DiagnosticTests.Root(), "tests/FastEnrich.Generators.Tests/Driver/Snapshots", $"{name}.g.txt");

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, source);
        }

        Assert.Equal(File.ReadAllText(path), source);
    }
}
