namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>One real Redis.</summary>
public sealed class SingleRedis : RedisServer
{
    private readonly int _port = FreePort.Next();
    private RedisProcess? _process;

    public override IReadOnlyList<int> Ports => [_port];

    public override string? Missing => RedisProcess.IsInstalled ? null : "redis-server is not on the PATH";

    public override Task KillAsync() => _process!.KillAsync();

    public override Task RestartAsync() => _process!.StartAsync();

    public void Suspend() => _process!.Suspend();

    public void Resume() => _process!.Resume();

    public override ValueTask DisposeAsync() => _process?.DisposeAsync() ?? default;

    // The debug command and its delay make "loading" last long enough to be met.
    protected override async Task StartAsync() => _process = await RedisProcess.StartAsync(_port, "--enable-debug-command", "yes", "--loading-process-events-interval-bytes", "1024");
}
