using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class PluginIndexTests
{
    private readonly FastEnrichOptions _options = new();

    public PluginIndexTests()
    {
        _options.AddPlugin(Descriptor("x", ["twitter"], ["interests", "Activity"], ["social"]));
        _options.AddPlugin(Descriptor("hubspot", [], ["purchase_history", "interests"], ["crm", "CRM"]));
    }

    [Theory]
    [InlineData("x", "x")]
    [InlineData("twitter", "x")]
    [InlineData("hubspot", "hubspot")]
    [InlineData("X", null)]
    [InlineData("", null)]
    public void Find_NameOrAlias_GivesThePlugin(string name, string? expected) => Assert.Equal(expected, _options.Catalog.Find(name)?.Name);

    [Theory]
    [InlineData("interests", "hubspot,x")]
    [InlineData("ACTIVITY", "x")]
    [InlineData("income", "")]
    public void WithCapability_Capability_GivesThoseThatDeliverIt(string capability, string expected) =>
        Assert.Equal(expected, string.Join(',', _options.Catalog.WithCapability(capability).Select(static plugin => plugin.Name)));

    [Fact]
    public void WithTag_TagWrittenTwice_GivesThePluginOnce() => Assert.Equal("hubspot", Assert.Single(_options.Catalog.WithTag("crm")).Name);

    [Fact]
    public void Catalog_PluginAdded_IsInTheNextIndexAndNotInTheOld()
    {
        var before = _options.Catalog;
        Assert.Same(before, _options.Catalog);

        _options.AddPlugin(Descriptor("loyalty", [], [], []));

        Assert.Null(before.Find("loyalty"));
        Assert.Equal(["hubspot", "loyalty", "x"], _options.Catalog.Keys.Order());
    }

    private static PluginDescriptor Descriptor(string name, string[] aliases, string[] capabilities, string[] tags) => new()
    {
        Metadata = new PluginMetadata { Name = name, Capabilities = capabilities, Tags = tags },
        Aliases = aliases,
        PluginType = typeof(FakePlugin),
        Create = static _ => new FakePlugin(),
    };
}
