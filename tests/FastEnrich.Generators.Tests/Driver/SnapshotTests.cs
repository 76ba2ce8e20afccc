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
    [InlineData("CrmPlugin_", ".Descriptor.g.cs")]
    [InlineData("CrmOptions_", ".Binder.g.cs")]
    [InlineData("CrmOptions_", ".Redaction.g.cs")]
    [InlineData("PluginCatalog", ".g.cs")]
    public void Run_Sample_WritesTheSnapshot(string start, string end)
    {
        var run = Compilations.Run(Compilations.Create(Plugin));
        var source = run.Result.GeneratedSources.Single(s => s.HintName.StartsWith(start, StringComparison.Ordinal) && s.HintName.EndsWith(end, StringComparison.Ordinal)).SourceText.ToString();
        var path = Path.Combine(DiagnosticTests.Root(), "tests/FastEnrich.Generators.Tests/Driver/Snapshots", $"{start.TrimEnd('_')}{end[..^3]}.txt");

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, source);
        }

        Assert.Equal(File.ReadAllText(path), source);
    }
}
