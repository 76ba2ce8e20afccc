using FastEnrich.Redis.Invalidation;

namespace FastEnrich.Redis.Tests.Invalidation;

public sealed class GenerationsTests
{
    private readonly Generations _generations = new();

    [Fact]
    public void Of_BeforeTheFirstRead_IsNotKnown() => Assert.Null(_generations.Of("crm"));

    [Fact]
    public void Of_PluginThatWasNeverDropped_IsZero()
    {
        Learn();

        Assert.Equal(0, _generations.Of("crm"));
    }

    [Fact]
    public void Of_ValueThatIsNoNumber_IsNotKnown()
    {
        Learn(("crm", null), ("social", 2));

        Assert.Null(_generations.Of("crm"));
        Assert.Equal(2, _generations.Of("social"));
    }

    [Fact]
    public void Doubt_UntilRead_IsNotKnownWhateverTheInstanceItselfMade()
    {
        Learn(("crm", 1));

        _generations.Doubt("crm");
        _generations.Raise("crm", 2);
        Assert.Null(_generations.Of("crm"));
        Learn(("crm", 3));

        Assert.Equal(3, _generations.Of("crm"));
    }

    [Fact]
    public void Doubt_MoreNamesThanPlugins_NothingIsKnownUntilTheNextRead()
    {
        Learn(("crm", 1));
        for (var i = 0; i < 256; i++)
        {
            _generations.Doubt($"x{i}");
        }

        Assert.Equal(1, _generations.Of("crm"));
        _generations.Doubt("one more");
        Assert.Null(_generations.Of("crm"));
        Learn(("crm", 1));
        Assert.Equal(1, _generations.Of("crm"));
    }

    [Fact]
    public void Forget_UntilRead_NothingIsKnown()
    {
        Learn(("crm", 1));

        _generations.Forget();

        Assert.Null(_generations.Of("crm"));
        Assert.Null(_generations.Of("social"));
    }

    [Fact]
    public void Learn_HashWasLost_KeepsTheLargestAndSaysWhatToPutBack()
    {
        Learn(("crm", 5), ("social", 1));

        var lost = _generations.Learn(new Dictionary<string, long?> { ["crm"] = 2 });

        Assert.Equal((5L, 1L), (_generations.Of("crm"), _generations.Of("social")));
        Assert.Equal([new("crm", 5), new("social", 1)], lost);
    }

    [Fact]
    public void Learn_NothingWasLost_PutsNothingBack()
    {
        Learn(("crm", 5));

        Assert.Empty(_generations.Learn(new Dictionary<string, long?> { ["crm"] = 6 }));
    }

    [Fact]
    public void Epoch_ChangesWithEveryGenerationAndDoubtAndNotWithAnEqualRead()
    {
        Learn(("crm", 1));
        var first = _generations.Epoch;
        Learn(("crm", 1));
        Assert.Equal(first, _generations.Epoch);

        _generations.Raise("crm", 2);
        var second = _generations.Epoch;
        _generations.Doubt("crm");

        Assert.NotEqual(first, second);
        Assert.NotEqual(second, _generations.Epoch);
    }

    private void Learn(params (string Plugin, long? Generation)[] read) => _generations.Learn(read.ToDictionary(static pair => pair.Plugin, static pair => pair.Generation));
}
