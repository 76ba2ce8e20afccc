using System.Text.Json;
using FastEnrich.Plugins.Social.X;
using FastEnrich.Plugins.Social.X.Payloads;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.X;

public sealed class XReaderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _hanging = new();
    private readonly PluginContext _context;

    public XReaderTests() => _context = XFixture.Context(new HangingHandler("/2/users/2/tweets", _hanging), _time);

    [Fact]
    public async Task ReadAsync_TimelineHangs_LeavesTheOthersTheirResults()
    {
        var read = Reader().ReadAsync([User("1"), User("2"), User("3")], TimeSpan.FromSeconds(5), default).AsTask();

        await _hanging.Task;
        Assert.True(SpinWait.SpinUntil(() => _context.Upstream.Usage.Credits == 2, TimeSpan.FromSeconds(30)), "the other two were not read"); // a post each
        _time.Advance(TimeSpan.FromSeconds(5));
        var outcomes = await read.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.Profile is not null));
        Assert.Equal(PluginErrorCode.TimeoutError, outcomes[1].Failure!.Code);
    }

    [Fact]
    public async Task ReadAsync_FlightCancelled_IsNoFailureOfThePlugin()
    {
        using var flight = new CancellationTokenSource();
        var read = Reader().ReadAsync([User("1"), User("2")], Timeout.InfiniteTimeSpan, flight.Token).AsTask();

        await _hanging.Task;
        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    private static XUser User(string id) => JsonSerializer.Deserialize($$"""{"id":"{{id}}"}""", XPluginJsonContext.Default.XUser)!;

    private XReader Reader()
    {
        var fields = new XFields(XFixture.Options);
        return new XReader(new XApi(_context.Upstream, XFixture.Options, fields, _time), fields, seesProtected: false, "x", _time);
    }
}
