using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>Reads commands as Redis does, over real connections, and answers what it is told to.</summary>
internal sealed class RespServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<string[], string?> _answer;

    /// <param name="answer">The reply to the words of a command; <see langword="null"/> leaves it without one.</param>
    public RespServer(Func<string[], string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
    }

    /// <summary>A text as a reply, or as a part of one.</summary>
    public static string Text(string text) => $"${text.Length}\r\n{text}\r\n";

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
            var words = new string[int.Parse(header.AsSpan(1))]; // *2 $4 ECHO $1 x
            for (var i = 0; i < words.Length; i++)
            {
                var text = new char[int.Parse((await reader.ReadLineAsync(_stopping.Token)).AsSpan(1)) + 2];
                await reader.ReadBlockAsync(text, _stopping.Token);
                words[i] = new string(text, 0, text.Length - 2);
            }

            if (_answer(words) is { } answer)
            {
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), _stopping.Token);
            }
        }
    }
}
