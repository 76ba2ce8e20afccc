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
    public void Learn_HashWasLost_TakesTheNextAndSaysWhatToPutBack()
    {
        Learn(("crm", 5), ("social", 1));

        var lost = Learn(("crm", 2)).Lost;

        Assert.Equal((6L, 2L), (_generations.Of("crm"), _generations.Of("social")));
        Assert.Equal([new("crm", 6), new("social", 2)], lost);
    }

    [Fact]
    public void Learn_NothingWasLost_PutsNothingBack()
    {
        Learn(("crm", 5));

        Assert.Empty(Learn(("crm", 6)).Lost);
    }

    [Fact]
    public void Learn_DoubtedSinceTheReadBegan_StaysUnknownUntilTheNext()
    {
        Learn(("crm", 1));
        _generations.Doubt("social");
        var begun = _generations.BeginRead();
        _generations.Doubt("crm");

        Learn(begun, ("crm", 1), ("social", 2));

        Assert.Equal((null, 2L), (_generations.Of("crm"), _generations.Of("social")));
        Learn(("crm", 2), ("social", 2));
        Assert.Equal(2, _generations.Of("crm"));
    }

    [Fact]
    public void Learn_ReadsFailAndMoreNamesAreDoubtedThanPlugins_NothingIsKnownUntilOneThatBeganAfterwards()
    {
        Learn(("crm", 1));
        var begun = 0L;
        for (var i = 0; i <= 256; i++)
        {
            begun = _generations.BeginRead(); // and brings nothing
            _generations.Doubt($"x{i}");
        }

        Assert.Null(_generations.Of("crm"));
        Learn(begun, ("crm", 1));
        Assert.Null(_generations.Of("crm"));
        Learn(("crm", 1));
        Assert.Equal(1, _generations.Of("crm"));
    }

    [Fact]
    public void Learn_ReadBeganBeforeEverythingWasForgotten_BringsNothing()
    {
        Learn(("crm", 1));
        var begun = _generations.BeginRead();
        _generations.Forget();

        Learn(begun, ("crm", 1));

        Assert.Null(_generations.Of("crm"));
    }

    [Fact]
    public void Learn_LargerThanKnown_NamesThePluginsThatNobodyDoubtedAndNoneAtFirst()
    {
        Assert.Empty(Learn(("crm", 1)).Dropped);
        _generations.Doubt("social");
        _generations.Raise("own", 1);

        Assert.Equal(["crm", "new"], Learn(("crm", 2), ("social", 1), ("own", 1), ("new", 1)).Dropped);
        Assert.Empty(Learn(("crm", 2), ("social", 1), ("own", 1), ("new", 1)).Dropped);
    }

    [Fact]
    public void Learn_RaisedSinceTheReadBegan_IsNotTakenForLost()
    {
        Learn(("crm", 1));
        var begun = _generations.BeginRead();
        _generations.Raise("crm", 2);

        Assert.Empty(Learn(begun, ("crm", 1)).Lost);
        Assert.Equal(2, _generations.Of("crm"));
    }

    [Fact]
    public void Learn_RedisBeganAnew_ChangesTheEpochAlthoughNothingWasDropped()
    {
        var first = _generations.Learn(_generations.BeginRead(), new Dictionary<string, long?>()).Lost;
        var epoch = _generations.Epoch;

        var again = _generations.Learn(_generations.BeginRead(), new Dictionary<string, long?>()).Lost;

        Assert.Equal((Generations.Losses, Generations.Losses), (Assert.Single(first).Key, Assert.Single(again).Key));
        Assert.True(again[0].Value > first[0].Value);
        Assert.NotEqual(epoch, _generations.Epoch);
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

    private (IReadOnlyList<KeyValuePair<string, long>> Lost, IReadOnlyList<string> Dropped) Learn(params (string Plugin, long? Generation)[] read) =>
        Learn(_generations.BeginRead(), read);

    private (IReadOnlyList<KeyValuePair<string, long>> Lost, IReadOnlyList<string> Dropped) Learn(long begun, params (string Plugin, long? Generation)[] read) =>
        _generations.Learn(begun, new Dictionary<string, long?>(read.Select(static pair => KeyValuePair.Create(pair.Plugin, pair.Generation))) { [Generations.Losses] = 1 });
}
