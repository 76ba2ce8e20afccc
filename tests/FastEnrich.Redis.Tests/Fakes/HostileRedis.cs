namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>A server that is a Redis until it is asked for records, and then says what the test decides.</summary>
internal sealed class HostileRedis : IAsyncDisposable
{
    private readonly RespServer _server;
    private readonly string _records;

    public HostileRedis(string records)
    {
        _records = records;
        _server = new RespServer(Answer);
    }

    public int Port => _server.Address.Port;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string Answer(string[] words) => words[0].ToUpperInvariant() switch
    {
        "HMGET" => _records,
        "ECHO" => RespServer.Text(words[1]),
        "PING" => "+PONG\r\n",
        "CLIENT" => "+OK\r\n",
        "INFO" => RespServer.Text("redis_version:7.0.15\r\nrole:master\r\n"),
        _ => "-ERR unknown command\r\n",
    };
}
