using System.Text;
using System.Text.Json;
using FastEnrich.Processes;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Processes;

public sealed class ChildSessionTests : IAsyncLifetime
{
    private static readonly EnrichmentRequest s_user = new("user-1", new Dictionary<string, string> { ["email"] = "a@example.com" });

    private readonly WatchedTime _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly FakeChild _child = new();
    private ChildSession? _session;

    [Theory]
    [InlineData("")]
    [InlineData(""","needs":["email","x_username?"],"provides":["crm_id"],"batch_size":50,"capabilities":["demo"]""")]
    public async Task Start_HandshakeAsConfigured_IsTaken(string extra)
    {
        var options = extra.Length == 0 ? Options() : Options(batch: 50, needs: [new("email", false), new("x_username", true)], provides: ["crm_id"], capabilities: ["demo"]);
        _child.Say(FakeChild.Hello(extra));

        var handshake = await Open(options).StartAsync(CancellationToken.None);

        Assert.Equal("2.1.0", handshake.Version);
    }

    [Theory]
    [InlineData("""{"type":"hello","protocol":2,"name":"crm","version":"2.1.0"}""", "The process speaks protocol 2, this engine speaks 1.")]
    [InlineData("""{"type":"hello","protocol":1,"name":"web","version":"2.1.0"}""", "The process is a plugin of another name than its section.")]
    [InlineData("""{"type":"hello","protocol":1,"name":"crm","version":"9"}""", "The process is version 9, the configuration says 2.1.0.")]
    [InlineData("""{"type":"hello","protocol":1,"name":"crm","version":"2.1.0"}""", "The process takes 1 users with one call, batch_size is 8.")]
    [InlineData("""{"type":"hello","protocol":1,"name":"crm","version":"2.1.0","batch_size":8,"needs":["email"]}""", "The process says that its needs hold email, the configuration does not.")]
    [InlineData("""{"type":"hello","protocol":1,"name":"crm","version":"2.1.0","batch_size":8}""", "The configuration says that provides hold crm_id, the process does not.")]
    [InlineData("""{"type":"hello","protocol":1,"name":"crm","version":"2.1.0","batch_size":8,"provides":["crm_id"]}""", "The configuration says that capabilities hold demo, the process does not.")]
    public async Task Start_HandshakeDiffers_IsAnErrorThatSaysWhere(string hello, string problem)
    {
        _child.Say(hello);

        var failure = await Assert.ThrowsAsync<PluginException>(() => Open(Options(batch: 8, provides: ["crm_id"], capabilities: ["demo"], version: "2.1.0")).StartAsync(CancellationToken.None));

        Assert.Equal((PluginErrorCode.InvalidConfig, problem), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Start_TheHostsHello_NamesProtocolPluginLimitsAndConfiguration()
    {
        _child.Say(FakeChild.Hello());
        await Open(Options()).StartAsync(CancellationToken.None);

        var hello = await _child.HearAsync();

        Assert.Equal("""{"type":"hello","protocol":1,"plugin":"crm","max_frame":65536,"heartbeat":5000000000,"batch_size":1,"config":{"url":"x"}}""", hello.GetRawText());
    }

    [Fact]
    public async Task Read_OutputFailsInAWayThatNobodyExpects_EndsTheChild()
    {
        _child.Say(FakeChild.Hello());
        await Open(Options()).StartAsync(CancellationToken.None);

        _child.Break(new NotSupportedException());

        await Ended();
        await Eventually.True(() => _child.IsKilled);
    }

    [Theory]
    [InlineData("""{"type":"pong","id":1}""")]
    [InlineData("""{"type":"result","id":1,"status":"not_found"}""")]
    public async Task Start_AnotherMessageFirst_EndsTheChild(string first)
    {
        _child.Say(first);

        var failure = await Assert.ThrowsAsync<PluginException>(() => Open(Options()).StartAsync(CancellationToken.None));

        Assert.Equal("The process did not begin with one handshake before it was ready.", failure.Message);
        await Eventually.True(() => _child.IsKilled);
    }

    [Fact]
    public async Task Enrich_AnswersOutOfOrder_ReachTheirCallers()
    {
        await StartAsync();
        Task<EnrichmentResult>[] calls = [.. Enumerable.Range(1, 5).Select(i => _session!.EnrichAsync(new EnrichmentRequest($"u{i}"), CancellationToken.None).AsTask())];
        var asked = new List<JsonElement>();
        for (var i = 0; i < calls.Length; i++)
        {
            asked.Add(await _child.HearAsync("enrich"));
        }

        foreach (var call in asked.AsEnumerable().Reverse())
        {
            Answer(call);
        }

        Assert.Equal(["u1", "u2", "u3", "u4", "u5"], (await Task.WhenAll(calls)).Select(result => result.Enrichment!.Demographics!.City));
    }

    [Fact]
    public async Task EnrichBatch_EachMember_HasItsOwnOutcome()
    {
        await StartAsync();
        var results = new BatchResults(3);
        var batch = _session!.EnrichBatchAsync([new("a"), new("b"), new("c")], results, CancellationToken.None).AsTask();
        var call = await _child.HearAsync("enrich_batch");

        _child.Say($$$"""{"type":"batch_result","id":{{{call.GetProperty("id")}}},"results":[{"status":"not_found"},{"status":"error","error":{"code":"AUTH_ERROR","message":"no"}},{"status":"not_modified"}]}""");
        await batch;

        Assert.Equal("a b c", string.Join(' ', call.GetProperty("requests").EnumerateArray().Select(one => one.GetProperty("user_id").GetString())));
        Assert.Equal((EnrichmentResultKind.NotFound, EnrichmentResultKind.NotModified), (results.GetResult(0).Kind, results.GetResult(2).Kind));
        Assert.Equal((PluginErrorCode.AuthError, "no"), (results.GetFailure(1)!.Code, results.GetFailure(1)!.Message));
    }

    [Theory]
    [InlineData("""{"type":"batch_result","id":ID,"results":[{"status":"not_found"}]}""")]
    [InlineData("""{"type":"health","id":ID,"healthy":true}""")]
    public async Task Enrich_AnswerOfAnotherKind_FailsTheCallAndIsCounted(string answer)
    {
        await StartAsync();
        var asking = _session!.EnrichAsync(s_user, CancellationToken.None).AsTask();
        var call = await _child.HearAsync("enrich");

        _child.Say(answer.Replace("ID", call.GetProperty("id").GetRawText()));

        Assert.Equal(PluginErrorCode.InvalidResponse, (await Assert.ThrowsAsync<PluginException>(() => asking)).Code);
        await Eventually.True(() => _session.Violations == 1);
    }

    [Theory]
    [InlineData("contact of USER-1 is locked")]
    [InlineData("no such mail: a@example.com")]
    public async Task Enrich_ErrorThatNamesTheUser_LosesItsText(string message)
    {
        await StartAsync();
        var asking = _session!.EnrichAsync(s_user, CancellationToken.None).AsTask();
        var call = await _child.HearAsync("enrich");

        _child.Say($$$"""{"type":"result","id":{{{call.GetProperty("id")}}},"status":"error","error":{"code":"AUTH_ERROR","message":"{{{message}}}"}}""");

        Assert.Equal("The plugin's process reported a failure.", (await Assert.ThrowsAsync<PluginException>(() => asking)).Message);
    }

    [Fact]
    public async Task Enrich_Cancelled_TellsTheChildAndTakesItsLateAnswer()
    {
        await StartAsync();
        using var cancel = new CancellationTokenSource();
        var asking = _session!.EnrichAsync(s_user, cancel.Token).AsTask();
        var call = await _child.HearAsync("enrich");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(call.GetProperty("id").GetInt64(), (await _child.HearAsync("cancel")).GetProperty("id").GetInt64());
        Assert.Equal(1, _session.InFlight);
        Answer(call);
        await Eventually.True(() => _session.InFlight == 0);
        Assert.Equal(0, _session.Violations);
    }

    [Fact]
    public async Task Answer_TwiceForOneCall_IsCountedAndChangesNothing()
    {
        await StartAsync();
        var asking = _session!.EnrichAsync(s_user, CancellationToken.None).AsTask();
        var call = await _child.HearAsync("enrich");

        Answer(call);
        Answer(call);

        Assert.Equal(EnrichmentResultKind.Found, (await asking).Kind);
        await Eventually.True(() => _session.Violations == 1);
        Assert.False(_session.Ended.IsCompleted);
    }

    [Fact]
    public async Task Answers_ThatNobodyAskedFor_EndTheChild()
    {
        await StartAsync();

        for (var i = 0; i <= ProcessLimits.MaxViolations; i++)
        {
            _child.Say($$"""{"type":"result","id":{{1000 + i}},"status":"not_found"}""");
        }

        Assert.Equal("keeps answering what was not asked", await Ended());
        await Eventually.True(() => _child.IsKilled);
    }

    [Theory]
    [InlineData("00000000", "sent an empty frame")]
    [InlineData("00010001", "sent a frame beyond max_frame")]
    [InlineData("000000022020", "sent a frame that is no message")]
    [InlineData("00000002FFFF", "sent a frame that is no message")]
    public async Task Stream_ThatCannotBeTrusted_EndsTheChildAndFailsItsCalls(string bytes, string reason)
    {
        await StartAsync();
        var asking = _session!.EnrichAsync(s_user, CancellationToken.None).AsTask();

        _child.SayBytes(Convert.FromHexString(bytes));

        Assert.Equal(reason, await Ended());
        var failure = await Assert.ThrowsAsync<PluginException>(() => asking);
        Assert.Equal((PluginErrorCode.ConnectionError, true), (failure.Code, failure.Retryable));
        await Eventually.True(() => _child.IsKilled);
    }

    [Fact]
    public async Task Child_DiesInTheMiddleOfAFrame_FailsItsCalls()
    {
        await StartAsync();
        var asking = _session!.EnrichAsync(s_user, CancellationToken.None).AsTask();
        var call = await _child.HearAsync("enrich");
        var answer = FakeChild.Framed($$"""{"type":"result","id":{{call.GetProperty("id")}},"status":"not_found"}""");

        _child.SayBytes(answer.AsSpan(0, answer.Length / 2));
        _child.Exit(9);

        Assert.Equal("ended in the middle of a frame", await Ended());
        Assert.Equal(PluginErrorCode.ConnectionError, (await Assert.ThrowsAsync<PluginException>(() => asking)).Code);
        Assert.Equal(PluginErrorCode.ConnectionError, (await Assert.ThrowsAsync<PluginException>(() => _session.EnrichAsync(s_user, CancellationToken.None).AsTask())).Code);
    }

    [Fact]
    public async Task Heartbeat_Missed_KillsTheChild()
    {
        await StartAsync();
        await Pong();
        await Beat(1);
        await Pong();
        await Beat(2);
        await _child.HearAsync("ping"); // so it still lives; and no pong

        await Beat(3);

        Assert.Equal("missed its heartbeat", await Ended());
        await Eventually.True(() => _child.IsKilled);
    }

    [Fact]
    public async Task Calls_BeyondWhatTheChildMayOwe_AreRejected()
    {
        await StartAsync(Options(inFlight: 2));
        _ = _session!.EnrichAsync(s_user, CancellationToken.None).AsTask();
        _ = _session.EnrichAsync(s_user, CancellationToken.None).AsTask();

        var failure = await Assert.ThrowsAsync<PluginException>(() => _session.EnrichAsync(s_user, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal(ProcessFailure.Busy.Message, failure.Message);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public async Task CancelledCalls_LeftUnanswered_EndTheChildAtTheNextHeartbeat()
    {
        await StartAsync(Options(inFlight: 2));
        using var cancel = new CancellationTokenSource();
        var asking = _session!.EnrichAsync(s_user, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Pong();

        await Beat(1);

        Assert.Equal("leaves cancelled calls unanswered", await Ended());
    }

    [Fact]
    public async Task Child_DoesNotRead_CallsAreRejectedAndMemoryDoesNotGrow()
    {
        await StartAsync(Options(inFlight: 10_000));
        var large = new EnrichmentRequest(new string('u', 500));
        var rejected = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var call = _session!.EnrichAsync(large, CancellationToken.None).AsTask();
            rejected += call.IsFaulted && call.Exception!.InnerException!.Message == ProcessFailure.Deaf.Message ? 1 : 0;
        }

        Assert.InRange(_session!.InFlight, 1, 140); // 64 KiB of frames of 540 bytes, and what the pipe took
        Assert.Equal(1_000, rejected + _session.InFlight);
    }

    [Fact]
    public async Task Frames_BeyondTheRate_Wait()
    {
        await StartAsync(Options(rate: 2)); // one is spent on the handshake
        Task<bool>[] asking = [.. Enumerable.Range(0, 3).Select(_ => _session!.CheckHealthAsync(CancellationToken.None).AsTask())];
        var before = _time.Delays.Length;
        for (var i = 0; i < asking.Length; i++)
        {
            _child.Say($$"""{"type":"health","id":{{(await _child.HearAsync("health")).GetProperty("id")}},"healthy":true}""");
        }

        Assert.Equal(TimeSpan.FromMilliseconds(500), await _time.Delay(before + 1));
        await Eventually.True(() => asking.Count(task => task.IsCompleted) == 1); // and no second one while time stands still
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await Eventually.True(() => asking.Count(task => task.IsCompleted) == 2);
    }

    [Fact]
    public async Task StandardError_IsDrainedCountedAndCut()
    {
        var errors = new ErrorOutput();
        var text = string.Concat(Enumerable.Range(0, 100).Select(i => $"line {i}\u0007{new string('x', 1000)}\n")) + "last";

        await errors.DrainAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((101, 32, "last"), (errors.Count, errors.Recent().Length, errors.Recent()[^1]));
        Assert.All(errors.Recent(), line => Assert.True(line.Length <= 256 && !line.Any(char.IsControl)));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }
    }

    internal static ProcessOptions Options(
        int batch = 1, IdentityNeed[]? needs = null, string[]? provides = null, string[]? capabilities = null, string? version = null, int inFlight = 256, int rate = 20_000) => new()
        {
            Command = ["/bin/child"],
            MaxFrameBytes = ProcessLimits.MinMaxFrame,
            BatchSize = batch,
            Needs = needs ?? [],
            Provides = provides ?? [],
            Capabilities = capabilities,
            Version = version,
            MaxInFlight = inFlight,
            MaxFrameRate = rate,
            Config = Encoding.UTF8.GetBytes("""{"url":"x"}"""),
        };

    private ChildSession Open(ProcessOptions options) => _session = new ChildSession("crm", options, _child, _time);

    private async Task StartAsync(ProcessOptions? options = null)
    {
        options ??= Options();
        _child.Say(FakeChild.Hello());
        await Open(options).StartAsync(CancellationToken.None);
    }

    private void Answer(JsonElement call) => _child.Say(
        $$$"""{"type":"result","id":{{{call.GetProperty("id")}}},"status":"found","enrichment":{"demographics":{"city":"{{{call.GetProperty("user_id").GetString()}}}"},"confidence":1}}""");

    private async Task Pong()
    {
        _child.Say($$"""{"type":"pong","id":{{(await _child.HearAsync("ping")).GetProperty("id")}}}""");
        var marker = _session!.CheckHealthAsync(CancellationToken.None).AsTask();
        _child.Say($$"""{"type":"health","id":{{(await _child.HearAsync("health")).GetProperty("id")}},"healthy":true}""");
        Assert.True(await marker); // the pong was read before
    }

    /// <summary>Lets the n-th wait for a heartbeat pass.</summary>
    private async Task Beat(int number)
    {
        await _time.Delay(number);
        _time.Advance(TimeSpan.FromSeconds(5));
    }

    private Task<string> Ended() => _session!.Ended.WaitAsync(TimeSpan.FromSeconds(30));
}
