namespace FastEnrich.Testing.Tests.Conformance;

/// <summary>The rules against a plugin that holds to all of them, and against one that breaks each in turn.</summary>
public sealed class ConformanceSuiteTests
{
    public static TheoryData<string> RuleIds => [.. ConformanceSuite.Rules.Select(static rule => rule.Id)];

    private static PluginDescriptor Descriptor { get; } = new FastEnrichOptions().AddAllPlugins().Catalog["kit"];

    [Fact]
    public async Task RunAsync_PluginThatHoldsToAllRules_PassesThemAll()
    {
        await using var tester = await CreateAsync("");

        var report = await ConformanceSuite.RunAsync(tester);

        report.ThrowIfFailed();
        Assert.All(report.Results, result => Assert.Equal(TestVerdict.Passed, result.Verdict));
        Assert.Equal(ConformanceSuite.Rules.Select(static rule => rule.Id), report.Results.Select(static result => result.Id));
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public async Task RunAsync_PluginThatBreaksARule_FailsThatRule(string rule)
    {
        var hangs = rule is "cancel-during" or "health-bounded";
        await using var tester = await CreateAsync(rule, hangs ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(30));

        var report = await ConformanceSuite.RunAsync(tester, Only(rule));

        var failure = Assert.Single(report.Failures);
        Assert.Equal(rule, failure.Id);
        Assert.NotEmpty(failure.Details);
        Assert.DoesNotContain(failure.Details, static detail => detail.StartsWith("the rule could not be tried", StringComparison.Ordinal));
        Assert.Contains($"Fix: {failure.Fix}", report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(KitUpstream.Key, report.ToJson(), StringComparison.Ordinal);
        Assert.Contains(rule, Assert.Throws<ConformanceException>(report.ThrowIfFailed).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public async Task RunAsync_PluginThatHoldsToARule_PassesItAlone(string rule)
    {
        await using var tester = await CreateAsync("");

        var report = await ConformanceSuite.RunAsync(tester, Only(rule));

        Assert.Equal(TestVerdict.Passed, report[rule].Verdict);
    }

    [Fact]
    public void Rules_Ids_AreUniqueAndEachSaysHowToRepair()
    {
        Assert.Equal(ConformanceSuite.Rules.Count, ConformanceSuite.Rules.DistinctBy(static rule => rule.Id).Count());
        Assert.All(ConformanceSuite.Rules, rule => Assert.True(rule.Fix.Length > 20 && rule.Title.Length > 10, rule.Id));
    }

    [Fact]
    public async Task RunAsync_OneUser_IsRefused()
    {
        await using var tester = new PluginTester(Descriptor, new PluginTesterOptions { Users = [new("kit-user-0001")] });
        await tester.SetupMockServerAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => ConformanceSuite.RunAsync(tester));
    }

    [Fact]
    public async Task RunAsync_SkippedRuleThatIsNone_IsRefused()
    {
        await using var tester = await CreateAsync("");

        await Assert.ThrowsAsync<ArgumentException>(() => ConformanceSuite.RunAsync(tester, new ConformanceOptions { Skip = new Dictionary<string, string> { ["no-such-rule"] = "" } }));
    }

    [Fact]
    public void HostileIds_Each_IsAUserIdAndLoneSurrogatesAreNone()
    {
        Assert.All(HostileIds.All, hostile => Assert.Null(UserId.Validate(hostile.Id)));
        Assert.Throws<ArgumentException>(static () => new EnrichmentRequest("kit\ud800"));
        Assert.Throws<ArgumentException>(static () => new EnrichmentRequest(new string('k', 513)));
    }

    private static ConformanceOptions Only(string rule) =>
        new() { Skip = ConformanceSuite.Rules.Where(other => other.Id != rule).ToDictionary(static other => other.Id, static _ => "another rule is tested") };

    private static async Task<PluginTester> CreateAsync(string flaw, TimeSpan? patience = null)
    {
        var descriptor = flaw != "contract-interface" ? Descriptor : new PluginDescriptor
        {
            Metadata = Descriptor.Metadata with { Version = "one", Author = "" },
            PluginType = Descriptor.PluginType,
            OptionsType = Descriptor.OptionsType,
            Create = Descriptor.Create,
            BindOptions = Descriptor.BindOptions,
            Provides = Descriptor.Provides,
        };
        var tester = new PluginTester(descriptor, new PluginTesterOptions
        {
            Configuration = url => new Dictionary<string, string> { ["api_url"] = url, ["api_key"] = KitUpstream.Key, ["flaw"] = flaw },
            Users = KitUpstream.Users,
            Patience = patience ?? TimeSpan.FromSeconds(30),
        });
        await tester.SetupMockServerAsync(KitUpstream.Script);
        return tester;
    }
}
