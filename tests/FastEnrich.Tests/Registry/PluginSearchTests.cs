using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

public sealed class PluginSearchTests : IAsyncDisposable
{
    private readonly RegistryFixture _fixture = new();
    private readonly PluginRegistry _registry;

    public PluginSearchTests()
    {
        _registry = _fixture.Create(static options => options.Directory = null);
        Add("hub-crm", "Ann", ["crm", "eu"], ["points"], uses: 5, ratings: [5, 4]);
        Add("shop", "Bob", ["shop"], ["points", "orders"], uses: 9, ratings: [2]);
        Add("alpha", "ann", ["crm"], [], uses: 5, ratings: []);
        Add("beta", "", [], [], uses: 0, ratings: [4, 5]);
        _registry.TryChange("beta", RegistryChange.Enable);
    }

    [Fact]
    public void Search_NoCondition_ReturnsAllByName() => Assert.Equal(["alpha", "beta", "hub-crm", "shop"], Find(new PluginQuery()));

    [Fact]
    public void Search_EachCondition_Filters()
    {
        Assert.Equal(["hub-crm"], Find(new PluginQuery { Text = "CRM" }));
        Assert.Equal(["alpha", "hub-crm"], Find(new PluginQuery { Tags = ["CRM"] }));
        Assert.Equal(["hub-crm"], Find(new PluginQuery { Tags = ["crm", "eu"] }));
        Assert.Equal(["hub-crm", "shop"], Find(new PluginQuery { Capabilities = ["points"] }));
        Assert.Equal(["shop"], Find(new PluginQuery { Capabilities = ["points", "orders"] }));
        Assert.Equal(["alpha", "hub-crm"], Find(new PluginQuery { Author = "ANN" }));
        Assert.Equal(["beta", "hub-crm"], Find(new PluginQuery { MinRating = 4.5 }));
        Assert.Equal(["beta"], Find(new PluginQuery { State = RegistryState.Enabled }));
        Assert.Empty(Find(new PluginQuery { Author = "ann", Capabilities = ["orders"] }));
    }

    [Theory]
    [InlineData(PluginSort.Name, true, "shop hub-crm beta alpha")]
    [InlineData(PluginSort.Rating, false, "alpha shop beta hub-crm")]
    [InlineData(PluginSort.Rating, true, "beta hub-crm shop alpha")]
    [InlineData(PluginSort.Usage, false, "beta alpha hub-crm shop")]
    [InlineData(PluginSort.Usage, true, "shop alpha hub-crm beta")]
    [InlineData(PluginSort.Date, false, "hub-crm shop alpha beta")]
    [InlineData(PluginSort.Date, true, "beta alpha shop hub-crm")]
    public void Search_Sorted_EqualOnesStayByName(PluginSort sort, bool descending, string names) =>
        Assert.Equal(names.Split(' '), Find(new PluginQuery { Sort = sort, Descending = descending }));

    [Fact]
    public void Search_LimitAndOffset_PageThroughAll()
    {
        var first = _registry.Search(new PluginQuery { Limit = 3 });
        var second = _registry.Search(new PluginQuery { Limit = 3, Offset = 3 });
        var beyond = _registry.Search(new PluginQuery { Offset = int.MaxValue });

        Assert.Equal((4, 4, 4), (first.Total, second.Total, beyond.Total));
        Assert.Equal(["alpha", "beta", "hub-crm", "shop"], [.. first.Plugins.Select(static plugin => plugin.Name), .. second.Plugins.Select(static plugin => plugin.Name)]);
        Assert.Empty(beyond.Plugins);
    }

    [Fact]
    public void Search_OutOfRange_IsRefused()
    {
        foreach (var query in (PluginQuery[])[new() { Limit = 0 }, new() { Limit = 1001 }, new() { Offset = -1 }, new() { MinRating = 0.9 }, new() { MinRating = 5.1 }, new() { MinRating = double.NaN }])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => _registry.Search(query));
        }
    }

    [Fact]
    public void GetPluginStats_SumsByStateTagAndAuthor()
    {
        var stats = _registry.GetPluginStats();

        Assert.Equal((4, 19L, 5, 4.0), (stats.TotalPlugins, stats.TotalUsage, stats.TotalReviews, stats.AverageRating!.Value));
        Assert.Equal((3, 1, 0), (stats.ByState[RegistryState.Installed], stats.ByState[RegistryState.Enabled], stats.ByState[RegistryState.Error]));
        Assert.Equal((2, 1, 1), (stats.ByTag["crm"], stats.ByTag["eu"], stats.ByTag["shop"]));
        Assert.Equal(["Ann", "Bob", "ann"], stats.ByAuthor.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void GetPluginStats_EmptyRegistry_HasNoRating()
    {
        var stats = _fixture.Create(static options => options.Directory = null).GetPluginStats();

        Assert.Equal((0, 0L, 0, null), (stats.TotalPlugins, stats.TotalUsage, stats.TotalReviews, stats.AverageRating));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private string[] Find(PluginQuery query) => [.. _registry.Search(query).Plugins.Select(static plugin => plugin.Name)];

    private void Add(string name, string author, string[] tags, string[] capabilities, int uses, int[] ratings)
    {
        _registry.Register(RegistryFixture.Descriptor(name, new PluginMetadata { Name = name, Author = author, Tags = tags, Capabilities = capabilities }));
        _ = _registry.Get(name); // first seen now
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(uses == 0 || _registry.RecordUse(name, uses));
        foreach (var rating in ratings)
        {
            Assert.NotNull(_registry.AddReview(name, rating));
        }
    }
}
