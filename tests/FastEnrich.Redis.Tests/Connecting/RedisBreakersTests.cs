using FastEnrich.Redis.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Connecting;

public sealed class RedisBreakersTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<bool> _changes = [];
    private readonly RedisBreakers _breakers;

    public RedisBreakersTests() => _breakers = new RedisBreakers(_time) { Changed = _changes.Add };

    [Fact]
    public void Of_EverySlotAndNone_IsOneOfSixtyFourPartsInARow()
    {
        var parts = Enumerable.Range(0, 16384).Select(_breakers.Of).ToArray();

        Assert.Equal(64, parts.Distinct().Count());
        Assert.All(parts.Chunk(256), static part => Assert.Single(part.Distinct()));
        Assert.Same(parts[0], _breakers.Of(-1));
    }

    [Fact]
    public void Changed_SeveralPartsOpenAndClose_IsSaidOnceEach()
    {
        Open(0);
        Open(16383);
        Assert.True(_breakers.IsOpen);
        _breakers.Of(0).Succeeded();
        Assert.True(_breakers.IsOpen);
        _breakers.Of(16383).Succeeded();

        Assert.False(_breakers.IsOpen);
        Assert.Equal([true, false], _changes);
    }

    [Fact]
    public void Reset_SomeAreOpen_ClosesThemAll()
    {
        Open(0);
        Open(9000);

        _breakers.Reset();

        Assert.False(_breakers.IsOpen);
        Assert.True(_breakers.Of(0).TryEnter(out _) && _breakers.Of(9000).TryEnter(out _));
    }

    private void Open(int slot)
    {
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(_breakers.Of(slot).TryEnter(out var startedAt));
            _breakers.Of(slot).Failed(startedAt);
        }
    }
}
