using FastEnrich.Caching;

namespace FastEnrich.Tests.Caching;

/// <summary>The rule of what vouches for a held value, against a model that knows everything.</summary>
public sealed class CoherenceTests
{
    private const int Events = 5;
    private const int Step = 1_000;
    private const int Slack = 20; // events of one moment are told apart by a tick each

    [Theory]
    [InlineData(0)]
    [InlineData(2_500)]
    public void ServesUntil_EverySequenceOfEvents_NeverServesWhatOthersReplacedForLongerThanAllowed(long serving)
    {
        var length = 7;
        for (var sequence = 0; sequence < (int)Math.Pow(Events, length); sequence++)
        {
            var model = new Model(serving);
            for (var (rest, i) = (sequence, 0); i < length; i++, rest /= Events)
            {
                model.Apply(rest % Events);
                Assert.True(model.Problem() is null, $"{model.Problem()} after sequence {sequence}, event {i}");
            }
        }
    }

    [Fact]
    public void Stamp_InTheMomentOfAConnection_IsVouchedForByIt()
    {
        var connected = Coherence.NeverConnected(TimeSpan.Zero).Connect(5);

        Assert.Equal(long.MaxValue, connected.ServesUntil(connected.Stamp(5)));
        Assert.Equal(0, connected.ServesUntil(5));
    }

    [Fact]
    public void Connect_Twice_TakesTheConnectionForBroken() =>
        Assert.Equal(0, Coherence.Alone.Connect(5).Connect(9).ServesUntil(7));

    [Fact]
    public void Disconnect_Twice_KeepsTheFirstMoment()
    {
        var once = Coherence.NeverConnected(TimeSpan.FromTicks(100)).Connect(5).Disconnect(50);

        Assert.Equal(once, once.Disconnect(90));
        Assert.Equal(150, once.ServesUntil(7));
    }

    [Theory]
    [InlineData(true, nameof(StoreReading.Away), 0, nameof(SlotVerdict.Replace))]
    [InlineData(false, nameof(StoreReading.Present), 0, nameof(SlotVerdict.Confirm))]
    [InlineData(false, nameof(StoreReading.Absent), 0, nameof(SlotVerdict.Drop))]
    [InlineData(false, nameof(StoreReading.Away), -950, nameof(SlotVerdict.Serve))]
    [InlineData(false, nameof(StoreReading.Away), -900, nameof(SlotVerdict.Keep))] // too long ago: only a fetch helps
    [InlineData(false, nameof(StoreReading.Absent), 500, nameof(SlotVerdict.Keep))] // vouched for: the tier lost it
    public void Weigh_HeldValue_GoesByWhatTheTierSaid(bool hasNewer, string reading, long confirmed, string verdict)
    {
        var held = SlotValue.NotFound(1, default, 0, 2_000);
        held.Confirmed = confirmed;
        var coherence = Coherence.NeverConnected(TimeSpan.FromTicks(100)).Connect(400);

        Assert.Equal(verdict, SlotTransitions.Weigh(held, hasNewer, Enum.Parse<StoreReading>(reading), coherence, now: 1_000).ToString());
        Assert.Equal(SlotVerdict.Keep, SlotTransitions.Weigh(null, false, Enum.Parse<StoreReading>(reading), coherence, now: 1_000));
    }

    private sealed class Model(long serving)
    {
        private Coherence _coherence = Coherence.NeverConnected(TimeSpan.FromTicks(serving));
        private long _now = 10 * Step;
        private long? _confirmed;
        private long _confirmedAt;
        private long? _replacedAt;
        private bool _isCovered;

        public void Apply(int step)
        {
            switch (step)
            {
                case 0: (_confirmed, _confirmedAt, _replacedAt, _isCovered) = (_coherence.Stamp(_now), _now, null, _coherence.IsConnected); break;
                case 1: (_coherence, _isCovered) = (_coherence.Connect(_now), false); break;
                case 2: (_coherence, _isCovered) = (_coherence.Disconnect(_now), false); break;
                case 3: _now += Step; break;
                case 4: Replace(); break;
            }
        }

        public string? Problem()
        {
            if (_confirmed is not { } confirmed)
            {
                return null;
            }

            var serves = _now < _coherence.ServesUntil(confirmed);
            var standsIn = _now < _coherence.StandsInUntil(confirmed);
            return _replacedAt is not null && serves && _coherence.IsConnected ? "what others replaced is served"
                : serves && !_coherence.IsConnected && serving == 0 ? "a strict instance serves"
                : _replacedAt is { } replacedAt && (serves || standsIn) && _now >= replacedAt + serving + Slack ? "what others replaced is served for too long"
                : _isCovered && !serves ? "what is vouched for is not served"
                : _replacedAt is null && !_coherence.IsConnected && !Coherence.IsDoubted(confirmed) && _now < _confirmedAt + serving && !serves ? "what was confirmed lately is not served"
                : serves && !standsIn ? "what is served may not stand in"
                : null;
        }

        private void Replace()
        {
            _replacedAt ??= _now;
            if (_coherence.IsConnected && _confirmed is not null)
            {
                (_confirmed, _isCovered) = (_coherence.Doubt(_confirmed.Value, _now), false);
            }
        }
    }
}
