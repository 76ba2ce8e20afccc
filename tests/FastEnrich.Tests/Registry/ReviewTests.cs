using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

public sealed class ReviewTests : IAsyncDisposable
{
    private readonly RegistryFixture _fixture = new();
    private readonly PluginRegistry _registry;

    public ReviewTests()
    {
        _registry = _fixture.Create(static options => options.Directory = null);
        _registry.Register(RegistryFixture.Descriptor("crm", new PluginMetadata { Name = "crm", Version = "2.1.0" }));
    }

    [Fact]
    public void AddReview_WholeReview_IsKeptWithVersionAndTime()
    {
        var review = _registry.AddReview("crm", 4, "Füllt 👍", "Ann");

        Assert.Equal((4, "Füllt 👍", "Ann", "2.1.0", _fixture.Time.GetUtcNow()), (review!.Rating, review.Comment, review.Reviewer, review.Version, review.CreatedAt));
        Assert.Equal(review, Assert.Single(_registry.GetReviews("crm")));
        Assert.Equal((4.0, 1), (_registry.Get("crm")!.AverageRating, _registry.Get("crm")!.ReviewCount));
    }

    [Fact]
    public void AddReview_UnknownPlugin_ReturnsNull()
    {
        Assert.Null(_registry.AddReview("none", 4));
        Assert.Empty(_registry.GetReviews("none"));
        Assert.Null(_registry.Get("none"));
        Assert.False(_registry.RecordUse("none"));
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(6, null, null)]
    [InlineData(3, "planted\nline", null)]
    [InlineData(3, "planted\u001b[31m", null)]
    [InlineData(3, "planted\u202e", null)]
    [InlineData(3, "planted\ud800", null)]
    [InlineData(3, null, "")]
    [InlineData(3, null, "planted\0")]
    public void AddReview_BadPart_IsRefusedWithoutQuotingIt(int rating, string? comment, string? reviewer)
    {
        var exception = Assert.Throws<ArgumentException>(() => _registry.AddReview("crm", rating, comment, reviewer));

        Assert.DoesNotContain("planted", exception.Message);
        Assert.Empty(_registry.GetReviews("crm"));
    }

    [Fact]
    public void AddReview_LongestComment_IsTakenAndOneMoreRefused()
    {
        Assert.NotNull(_registry.AddReview("crm", 3, new string('c', PluginReview.MaxComment), new string('r', PluginReview.MaxReviewer)));
        Assert.Throws<ArgumentException>(() => _registry.AddReview("crm", 3, new string('c', PluginReview.MaxComment + 1)));
        Assert.Throws<ArgumentException>(() => _registry.AddReview("crm", 3, null, new string('r', PluginReview.MaxReviewer + 1)));
    }

    [Fact]
    public void AddReview_MoreThanAThousand_TheNewestAreKept()
    {
        for (var i = 0; i < 1005; i++)
        {
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
            _registry.AddReview("crm", i < 5 ? 1 : 5);
        }

        Assert.Equal(1000, _registry.GetReviews("crm").Count);
        Assert.Equal(5.0, _registry.Get("crm")!.AverageRating);
        Assert.Equal(_fixture.Time.GetUtcNow(), _registry.GetReviews("crm")[0].CreatedAt);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();
}
