using System.Net;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Connecting;

public sealed class SentinelsTests
{
    private static readonly IPEndPoint Before = IPEndPoint.Parse("192.0.2.1:6379");
    private static readonly IPEndPoint After = IPEndPoint.Parse("192.0.2.2:6379");

    [Fact]
    public async Task Find_OnlyOneHasHeardOfTheFailover_IsTheNewPrimary()
    {
        await using var one = new FakeSentinel { Primary = Before, Epoch = 3 };
        await using var two = new FakeSentinel { Primary = After, Epoch = 4 };
        await using var three = new FakeSentinel { Primary = Before, Epoch = 3 };
        await using var sentinels = Create(one, two, three);

        Assert.Equal(After, await sentinels.FindPrimaryAsync(fromMajority: true));
        Assert.Equal(After, await sentinels.FindPrimaryAsync(fromMajority: false));
    }

    [Fact]
    public async Task Find_NobodyMayTellTheEpoch_IsWhatTheySay()
    {
        await using var one = new FakeSentinel { Primary = After, TellsEpoch = false };
        await using var sentinels = Create(one);

        Assert.Equal(After, await sentinels.FindPrimaryAsync(fromMajority: true));
    }

    [Fact]
    public async Task Find_MostHang_IsNotWaitedForAndIsNoMajority()
    {
        await using var one = new FakeSentinel { Primary = Before, Hangs = true };
        await using var two = new FakeSentinel { Primary = Before, Hangs = true };
        await using var three = new FakeSentinel { Primary = After };
        await using var sentinels = Create(TimeProvider.System, one, two, three);

        EndPoint? found;
        do
        {
            Assert.Null(await sentinels.FindPrimaryAsync(fromMajority: true));
            found = await sentinels.FindPrimaryAsync(fromMajority: false);
        }
        while (found is null); // the third was late, too

        Assert.Equal(After, found);
    }

    [Fact]
    public async Task Find_NobodyKnowsTheService_IsNone()
    {
        await using var one = new FakeSentinel();
        await using var sentinels = Create(one);

        Assert.Null(await sentinels.FindPrimaryAsync(fromMajority: false));
        Assert.Equal(1, one.Questions);
    }

    [Fact]
    public async Task Learn_OneTellsOfAnother_ItIsAskedToo()
    {
        await using var unnamed = new FakeSentinel { Primary = After, Epoch = 1 };
        await using var named = new FakeSentinel { Primary = Before, Others = [unnamed.Address] };
        await using var sentinels = Create(named);
        Assert.Equal(Before, await sentinels.FindPrimaryAsync(fromMajority: true));

        await sentinels.LearnAsync();

        Assert.Equal(After, await sentinels.FindPrimaryAsync(fromMajority: true));
    }

    [Fact]
    public async Task Learn_ManyAreToldOf_AFewAreTaken()
    {
        await using var named = new FakeSentinel { Primary = After, Others = [.. Enumerable.Range(1, 1000).Select(static port => new IPEndPoint(IPAddress.Loopback, port))] };
        await using var sentinels = Create(named);
        await sentinels.FindPrimaryAsync(fromMajority: true);

        await sentinels.LearnAsync();

        Assert.InRange(sentinels.Known, 2, 32);
        Assert.Equal(After, await sentinels.FindPrimaryAsync(fromMajority: false));
    }

    [Fact]
    public void OptionsOf_Primary_AreTheClientsForItAlone()
    {
        Assert.True(ConnectionText.TryParse($"redis://user:secret@sentinel-a,sentinel-b/2?serviceName={FakeSentinel.Service}&sentinelPassword=other", out var client));

        var options = Sentinels.Of(client, TimeProvider.System)!.OptionsOf(After);

        Assert.Equal([After], options.EndPoints);
        Assert.Null(options.ServiceName);
        Assert.Equal(("user", "secret", 2), (options.User, options.Password, options.DefaultDatabase));
        Assert.Same(client.Tunnel, options.Tunnel);
    }

    [Fact]
    public void Of_NoService_IsNone()
    {
        Assert.True(ConnectionText.TryParse("redis://redis-a", out var client));

        Assert.Null(Sentinels.Of(client, TimeProvider.System));
    }

    /// <summary>With a patience that does not end: the machine may be loaded.</summary>
    private static Sentinels Create(params FakeSentinel[] sentinels) => Create(new FakeTimeProvider(), sentinels);

    private static Sentinels Create(TimeProvider timeProvider, params FakeSentinel[] sentinels)
    {
        Assert.True(ConnectionText.TryParse($"{string.Join(',', sentinels.Select(static sentinel => $"{sentinel.Address}"))},serviceName={FakeSentinel.Service}", out var client));
        return Sentinels.Of(client, timeProvider)!;
    }
}
