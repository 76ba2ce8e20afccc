using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>A sentinel that says what the test decides, over a real connection.</summary>
internal sealed class FakeSentinel : IAsyncDisposable
{
    public const string Service = "primary";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private int _questions;

    public FakeSentinel()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Gets how often it was asked where the primary is.</summary>
    public int Questions => Volatile.Read(ref _questions);

    public IPEndPoint? Primary { get; init; }

    public int Epoch { get; init; }

    /// <summary>Gets a value indicating whether the user of the connection may ask for more than the address.</summary>
    public bool TellsEpoch { get; init; } = true;

    /// <summary>Gets a value indicating whether questions for the primary stay without an answer.</summary>
    public bool Hangs { get; init; }

    public IPEndPoint[] Others { get; init; } = [];

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
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        while (await reader.ReadLineAsync(_stopping.Token) is { } header)
        {
            var words = new string[int.Parse(header.AsSpan(1))]; // *2 $4 ECHO $1 x
            for (var i = 0; i < words.Length; i++)
            {
                await reader.ReadLineAsync(_stopping.Token);
                words[i] = (await reader.ReadLineAsync(_stopping.Token))!.ToLowerInvariant();
            }

            if (Answer(words) is { } answer)
            {
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), _stopping.Token);
            }
        }
    }

    private string? Answer(string[] words)
    {
        switch (words)
        {
            case ["ping", ..]:
                return "+PONG\r\n";
            case ["info", ..]:
                return Text("redis_version:8.0.0\r\nredis_mode:sentinel\r\n");
            case ["sentinel", "get-master-addr-by-name", Service]:
                Interlocked.Increment(ref _questions);
                return Hangs ? null : Primary is null ? "*-1\r\n" : Texts($"{Primary.Address}", $"{Primary.Port}");
            case ["sentinel", "master", Service] when TellsEpoch:
                return Hangs ? null : Texts("name", Service, "config-epoch", $"{Epoch}");
            case ["sentinel", "sentinels", Service]:
                return $"*{Others.Length}\r\n{string.Concat(Others.Select(static other => Texts("ip", $"{other.Address}", "port", $"{other.Port}")))}";
            default:
                return "-ERR not here\r\n";
        }
    }

    private static string Texts(params string[] texts) => $"*{texts.Length}\r\n{string.Concat(texts.Select(Text))}";

    private static string Text(string text) => $"${text.Length}\r\n{text}\r\n";
}
