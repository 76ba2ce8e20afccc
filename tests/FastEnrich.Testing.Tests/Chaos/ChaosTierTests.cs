using FastEnrich.Caching;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Testing.Tests.Chaos;

public sealed class ChaosTierTests
{
    private static readonly EraseToken s_unerased = new("");

    private readonly FakeTimeProvider _time = new();
    private readonly ChaosTier _tier;
    private readonly ChaosStore _a;
    private readonly ChaosStore _b;
    private readonly Listener _hearsA = new();
    private readonly Listener _hearsB = new();

    public ChaosTierTests()
    {
        _tier = new ChaosTier(seed: 5, _time);
        (_a, _b) = (new ChaosStore(_tier), new ChaosStore(_tier));
        _a.Start(_hearsA);
        _b.Start(_hearsB);
    }

    [Fact]
    public async Task ReadAsync_WrittenByAnother_BringsIt()
    {
        _a.TryEnqueueWrite("u1", s_unerased, Slot("crm", minutes: 1));

        var read = await _b.ReadAsync("u1", ["crm", "web"], CancellationToken.None);

        Assert.Equal("crm", read.Slots[0]!.Plugin);
        Assert.Null(read.Slots[1]);
        Assert.True(_tier.Holds("u1"));
    }

    [Fact]
    public async Task TryEnqueueWrite_OlderThanHeld_ChangesNothing()
    {
        _a.TryEnqueueWrite("u1", s_unerased, Slot("crm", minutes: 2));
        _b.TryEnqueueWrite("u1", s_unerased, Slot("crm", minutes: 1));

        var read = await _a.ReadAsync("u1", ["crm"], CancellationToken.None);

        Assert.Equal(DateTimeOffset.UnixEpoch.AddMinutes(2), read.Slots[0]!.FetchedAt);
        Assert.Empty(_hearsA.Heard.Skip(1));
    }

    [Fact]
    public void TryEnqueueWrite_Replaces_TellsTheOthersOnly()
    {
        _a.TryEnqueueWrite("u1", s_unerased, Slot("crm", minutes: 1));
        Assert.Equal(["connected"], _hearsB.Heard);

        _a.TryEnqueueWrite("u1", s_unerased, Slot("crm", minutes: 2));

        Assert.Equal(["connected", "changed u1 crm"], _hearsB.Heard);
        Assert.Equal(["connected"], _hearsA.Heard);
    }

    [Fact]
    public async Task TryEnqueueWrite_LandsAfterTheErasure_IsRefused()
    {
        _tier.Writes.Delay(TimeSpan.FromSeconds(1));
        var token = (await _a.ReadAsync("u1", ["crm"], CancellationToken.None)).EraseToken!;
        _a.TryEnqueueWrite("u1", token, Slot("crm", minutes: 1));

        Assert.Equal((true, true), await _b.ForgetAsync("u1", CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(1));
        await _tier.SettleAsync();

        Assert.False(_tier.Holds("u1"));
        Assert.Contains("erased u1", _hearsA.Heard);
    }

    [Fact]
    public async Task ForgetAsync_NotConfirmed_ReadsNothingBackUntilItIs()
    {
        _a.TryEnqueueWrite("u1", s_unerased, Slot("crm", minutes: 1));
        _tier.Erasures.Always();

        Assert.Equal((false, false), await _a.ForgetAsync("u1", CancellationToken.None));
        var read = await _a.ReadAsync("u1", ["crm"], CancellationToken.None);
        Assert.Equal((null, null), (read.EraseToken, read.Slots[0]));

        _tier.Erasures.Never();
        Assert.NotNull((await _a.ReadAsync("u1", ["crm"], CancellationToken.None)).EraseToken);
        Assert.False(_tier.Holds("u1"));
    }

    [Fact]
    public async Task ForgetAsync_BusCut_IsErasedButNotPublished()
    {
        _a.TryEnqueueWrite("u1", s_unerased, Slot("crm", minutes: 1));
        _tier.CutBus();

        Assert.Equal((true, false), await _a.ForgetAsync("u1", CancellationToken.None));
        _tier.RestoreBus();

        Assert.Equal(["connected", "disconnected", "erased u1", "connected"], _hearsB.Heard);
    }

    [Fact]
    public async Task DropAsync_AllRecordsOfThePlugin_AreMisses()
    {
        _a.TryEnqueueWrite("u1", s_unerased, Slot("crm", minutes: 1));
        _a.TryEnqueueWrite("u1", s_unerased, Slot("web", minutes: 1));

        Assert.True(await _a.DropAsync("crm", CancellationToken.None));

        var read = await _b.ReadAsync("u1", ["crm", "web"], CancellationToken.None);
        Assert.Null(read.Slots[0]);
        Assert.NotNull(read.Slots[1]);
        Assert.Contains("dropped crm", _hearsB.Heard);
    }

    [Fact]
    public async Task ReadAsync_Struck_Throws()
    {
        _tier.Reads.Next(1);

        await Assert.ThrowsAsync<IOException>(() => _a.ReadAsync("u1", ["crm"], CancellationToken.None).AsTask());
        Assert.NotNull(await _a.ReadAsync("u1", ["crm"], CancellationToken.None));
    }

    [Fact]
    public void AttachTo_OptionsWithATier_Throws()
    {
        var options = new FastEnrichOptions();
        _tier.AttachTo(options);

        Assert.Throws<InvalidOperationException>(() => _tier.AttachTo(options));
    }

    private static StoredSlot Slot(string plugin, int minutes) => new()
    {
        Plugin = plugin,
        Payload = "{}"u8.ToArray(),
        FetchedAt = DateTimeOffset.UnixEpoch.AddMinutes(minutes),
        FreshUntil = DateTimeOffset.UnixEpoch.AddMinutes(minutes + 30),
        GoneAt = DateTimeOffset.UnixEpoch.AddMinutes(minutes + 60),
        DataVersion = "1",
    };

    private sealed class Listener : IProfileStoreListener
    {
        public List<string> Heard { get; } = [];

        public void Changed(string userId, IReadOnlyList<string> plugins) => Heard.Add($"changed {userId} {string.Join(',', plugins)}");

        public void Erased(string userId) => Heard.Add($"erased {userId}");

        public void Dropped(string plugin) => Heard.Add($"dropped {plugin}");

        public void Disconnected() => Heard.Add("disconnected");

        public void Connected() => Heard.Add("connected");
    }
}
