using System.Globalization;
using FastEnrich.Redis.Invalidation;

namespace FastEnrich.Redis.Tests.Invalidation;

public sealed class GenerationsTests
{
    private const long Life = 1L << 32; // of which the lower half is 0, so that a generation is the number of drops

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
        _generations.TryRaise("crm", Life, 2);
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

    [Theory]
    [InlineData("crm=5")]
    [InlineData("crm=4 social=1")]
    [InlineData("")]
    public void Learn_LessThanWasSeen_IsRefused(string read)
    {
        Learn(("crm", 5), ("social", 1));

        Assert.False(TryLearn(_generations.BeginRead(), Read(read), out _));

        Assert.Equal((5L, 1L), (_generations.Of("crm"), _generations.Of("social")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(Life - 1)]
    public void Learn_NoBeginningOrAnEarlierOne_IsRefused(long? beginning)
    {
        Learn(("crm", 5));

        Assert.False(_generations.TryLearn(_generations.BeginRead(), new Dictionary<string, long?> { [Generations.Beginning] = beginning, ["crm"] = 6 }, out _));
    }

    [Fact]
    public void Learn_LaterBeginning_CountsFromThere()
    {
        Learn(("crm", 5), ("social", 1));
        var epoch = _generations.Epoch;

        Assert.True(_generations.TryLearn(_generations.BeginRead(), new Dictionary<string, long?> { [Generations.Beginning] = 2 * Life, ["social"] = 1 }, out var dropped));

        Assert.Equal((0L, 1L, 2 * Life), (_generations.Of("crm"), _generations.Of("social"), _generations.Life));
        Assert.NotEqual(epoch, _generations.Epoch);
        Assert.Equal(["social"], dropped); // since that beginning, and so perhaps after what is known
    }

    [Fact]
    public void Of_AnotherBeginning_IsAnother()
    {
        var before = Begin(_generations);
        var other = new Generations();
        Begin(other);
        var known = _generations.Of("crm");
        Begin(_generations);

        Assert.Equal(3, new[] { known, _generations.Of("crm"), other.Of("crm") }.Distinct().Count());
        Assert.True(_generations.Life > before);
    }

    [Fact]
    public void NewBeginning_IsLargerThanWhatIsKnownAndNoLargerThanWhatIsReadBack()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.InRange(_generations.NewBeginning(), _generations.Life + 1, 1L << 53);
            Begin(_generations);
        }

        Assert.True(_generations.TryLearn(_generations.BeginRead(), new Dictionary<string, long?> { [Generations.Beginning] = 1L << 53 }, out _));
        Assert.InRange(_generations.NewBeginning(), 1, 1L << 53);
    }

    [Fact]
    public void BeginAlone_Again_IsTheSameUntilRedisHasOne()
    {
        _generations.BeginAlone(_generations.BeginRead());
        var life = _generations.Life;
        _generations.BeginAlone(_generations.BeginRead());
        Assert.Equal((life, true), (_generations.Life, _generations.Of("crm") is not null));

        Assert.True(_generations.TryLearn(_generations.BeginRead(), new Dictionary<string, long?> { [Generations.Beginning] = 1 }, out _));

        Assert.Equal(1, _generations.Life);
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
        Assert.Empty(Learn(("crm", 1)));
        _generations.Doubt("social");
        _generations.TryRaise("own", Life, 1);

        Assert.Equal(["crm", "new"], Learn(("crm", 2), ("social", 1), ("own", 1), ("new", 1)));
        Assert.Empty(Learn(("crm", 2), ("social", 1), ("own", 1), ("new", 1)));
    }

    [Fact]
    public void Learn_RaisedSinceTheReadBegan_IsNotTakenForLost()
    {
        Learn(("crm", 1));
        var begun = _generations.BeginRead();
        _generations.TryRaise("crm", Life, 2);

        Learn(begun, ("crm", 1));

        Assert.Equal(2, _generations.Of("crm"));
    }

    [Fact]
    public void TryRaise_SinceAnotherBeginning_NothingIsKnownUntilAReadThatBeganAfterwards()
    {
        Learn(("crm", 1));
        var begun = _generations.BeginRead();

        Assert.False(_generations.TryRaise("crm", 2 * Life, 1));
        Learn(begun, ("crm", 1));

        Assert.Null(_generations.Of("social"));
    }

    [Fact]
    public void Epoch_ChangesWithEveryGenerationAndDoubtAndNotWithAnEqualRead()
    {
        Learn(("crm", 1));
        var first = _generations.Epoch;
        Learn(("crm", 1));
        Assert.Equal(first, _generations.Epoch);

        _generations.TryRaise("crm", Life, 2);
        var second = _generations.Epoch;
        _generations.Doubt("crm");

        Assert.NotEqual(first, second);
        Assert.NotEqual(second, _generations.Epoch);
    }

    private IReadOnlyList<string> Learn(params (string Plugin, long? Drops)[] read) => Learn(_generations.BeginRead(), read);

    private IReadOnlyList<string> Learn(long begun, params (string Plugin, long? Drops)[] read)
    {
        Assert.True(TryLearn(begun, read, out var dropped));
        return dropped;
    }

    private bool TryLearn(long begun, (string Plugin, long? Drops)[] read, out IReadOnlyList<string> dropped) =>
        _generations.TryLearn(begun, new Dictionary<string, long?>(read.Select(static pair => KeyValuePair.Create(pair.Plugin, pair.Drops))) { [Generations.Beginning] = Life }, out dropped);

    private static (string Plugin, long? Drops)[] Read(string read) =>
        [.. read.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static pair => (pair.Split('=')[0], (long?)long.Parse(pair.Split('=')[1], CultureInfo.InvariantCulture)))];

    private static long Begin(Generations generations)
    {
        var beginning = generations.NewBeginning();
        Assert.True(generations.TryLearn(generations.BeginRead(), new Dictionary<string, long?> { [Generations.Beginning] = beginning }, out _));
        return beginning;
    }
}
