using System.Net;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>A sentinel that says what the test decides, over a real connection.</summary>
internal sealed class FakeSentinel : IAsyncDisposable
{
    public const string Service = "primary";

    private readonly RespServer _server;
    private int _questions;

    public FakeSentinel() => _server = new RespServer(Answer);

    public IPEndPoint Address => _server.Address;

    /// <summary>Gets how often it was asked where the primary is.</summary>
    public int Questions => Volatile.Read(ref _questions);

    public IPEndPoint? Primary { get; init; }

    public int Epoch { get; init; }

    /// <summary>Gets a value indicating whether the user of the connection may ask for more than the address.</summary>
    public bool TellsEpoch { get; init; } = true;

    /// <summary>Gets a value indicating whether questions for the primary stay without an answer.</summary>
    public bool Hangs { get; init; }

    public IPEndPoint[] Others { get; init; } = [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string? Answer(string[] words)
    {
        switch (Array.ConvertAll(words, static word => word.ToLowerInvariant()))
        {
            case ["ping", ..]:
                return "+PONG\r\n";
            case ["info", ..]:
                return RespServer.Text("redis_version:8.0.0\r\nredis_mode:sentinel\r\n");
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

    private static string Texts(params string[] texts) => $"*{texts.Length}\r\n{string.Concat(texts.Select(RespServer.Text))}";
}
