using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>A server that is a Redis until it is asked for records, and then says what the test decides.</summary>
internal sealed class HostileRedis : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _records;

    public HostileRedis(string records)
    {
        _records = records;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        while (await reader.ReadLineAsync(_stopping.Token) is { } header)
        {
            var words = new string[int.Parse(header.AsSpan(1))];
            for (var i = 0; i < words.Length; i++)
            {
                var text = new char[int.Parse((await reader.ReadLineAsync(_stopping.Token)).AsSpan(1)) + 2];
                await reader.ReadBlockAsync(text, _stopping.Token);
                words[i] = new string(text, 0, text.Length - 2);
            }

            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(Answer(words)), _stopping.Token);
        }
    }

    private string Answer(string[] words) => words[0].ToUpperInvariant() switch
    {
        "HMGET" => _records,
        "ECHO" => $"${words[1].Length}\r\n{words[1]}\r\n",
        "PING" => "+PONG\r\n",
        "CLIENT" => "+OK\r\n",
        "INFO" => "$35\r\nredis_version:7.0.15\r\nrole:master\r\n\r\n",
        _ => "-ERR unknown command\r\n",
    };
}
