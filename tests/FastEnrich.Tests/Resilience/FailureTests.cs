using System.Net.Http;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Resilience;

public sealed class FailureTests : IAsyncLifetime
{
    private const string Secret = "sk-live-alice@example.com";

    private readonly EngineFixture _engine = new();
    private readonly FakePlugin _crm;

    public FailureTests() => _crm = _engine.Add();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failure_UnknownException_IsAConnectionErrorThatNamesOnlyTheType(bool later)
    {
        Throw(new HttpRequestException($"GET https://crm/{Secret}", new InvalidOperationException(Secret)), later);

        var error = (await _engine.Manager.EnrichAsync("u1")).Errors["crm"];

        Assert.Equal(PluginErrorCode.ConnectionError, error.Code);
        Assert.Contains(nameof(HttpRequestException), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failure_PluginsOwnCancellation_IsATimeout(bool later)
    {
        Throw(new TaskCanceledException(Secret), later);

        var profile = await _engine.Manager.EnrichAsync("u1");

        Assert.Equal((PluginState.TimedOut, PluginErrorCode.TimeoutError), (profile.Status["crm"].State, profile.Errors["crm"].Code));
        Assert.DoesNotContain(Secret, profile.Errors["crm"].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_PluginExceptionNotFound_IsNotFoundAndNoError()
    {
        Throw(new PluginException("crm", "read", "no such contact", PluginErrorCode.NotFound), later: false);

        var profile = await _engine.Manager.EnrichAsync("u1");

        Assert.Equal(PluginState.NotFound, profile.Status["crm"].State);
        Assert.Empty(profile.Errors);
        Assert.True(profile.Complete);
        Assert.Equal(1, _engine.Manager.GetPluginStatus("crm")!.Succeeded);
    }

    [Fact]
    public async Task Failure_PluginException_ShowsItsOwnTextAndNotItsCause()
    {
        Throw(new PluginException("crm", "read_contact", "vendor code 17", PluginErrorCode.AuthError, cause: new InvalidOperationException(Secret)), later: true);

        var error = (await _engine.Manager.EnrichAsync("u1")).Errors["crm"];

        Assert.Equal(new ProfileError(PluginErrorCode.AuthError, "read_contact", "vendor code 17", false), error);
    }

    [Fact]
    public async Task Failure_LongMessage_IsCutBetweenCharacters()
    {
        Throw(new PluginException("crm", "read", new string('x', 255) + "\U0001F600 tail", PluginErrorCode.AuthError), later: false);

        var message = (await _engine.Manager.EnrichAsync("u1")).Errors["crm"].Message;

        Assert.Equal(new string('x', 255), message);
    }

    [Fact]
    public async Task Failure_NoResultAtAll_IsAnInvalidResponse()
    {
        _crm.Answer = static (_, _) => default;

        Assert.Equal(PluginErrorCode.InvalidResponse, (await _engine.Manager.EnrichAsync("u1")).Errors["crm"].Code);
    }

    [Fact]
    public async Task Failure_ResultWhoseListThrows_IsAnInvalidResponse()
    {
        _crm.Answer = static (_, _) => new(EnrichmentResult.Found(new UserEnrichment { Confidence = 1, Interests = new ThrowingList() }));

        var error = (await _engine.Manager.EnrichAsync("u1")).Errors["crm"];

        Assert.Equal(PluginErrorCode.InvalidResponse, error.Code);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private void Throw(Exception exception, bool later) => _crm.Answer = async (_, _) =>
    {
        if (later)
        {
            await Task.Yield();
        }

        throw exception;
    };

    private sealed class ThrowingList : IReadOnlyList<string>
    {
        public int Count => 1;

        public string this[int index] => throw new InvalidOperationException(Secret);

        public IEnumerator<string> GetEnumerator() => throw new InvalidOperationException(Secret);

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
