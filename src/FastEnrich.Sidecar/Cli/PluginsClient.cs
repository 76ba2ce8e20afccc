using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace FastEnrich.Sidecar.Cli;

/// <summary>The plugins of a running sidecar, over its Unix socket or its address. Its answers are not trusted.</summary>
internal sealed class PluginsClient : IPluginsSource
{
    /// <summary>The environment variable that the token comes from: command lines are seen by everybody on the machine.</summary>
    public const string TokenVariable = "FASTENRICH_TOKEN";

    private const int MaxAnswer = 64 * 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    public PluginsClient(SidecarIO io, string? url, string? unixSocket)
    {
        if (url is not null && unixSocket is not null)
        {
            throw new UsageException("--url and --unix-socket name two sidecars; name one");
        }

        if (!Uri.TryCreate(url ?? "http://localhost", UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.PathAndQuery != "/")
        {
            throw new UsageException("--url is an address as in http://127.0.0.1:8080, without user name, path or query");
        }

        var token = io.Variables.GetValueOrDefault(TokenVariable);
        if (!string.IsNullOrEmpty(token) && unixSocket is null && address is { Scheme: "http", IsLoopback: false })
        {
            throw new UsageException($"--url: the token of {TokenVariable} would be readable on the way; use https");
        }

        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        if (unixSocket is not null)
        {
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(unixSocket, cancellationToken);
        }

        _client = new HttpClient(handler) { BaseAddress = address, Timeout = s_patience, MaxResponseContentBufferSize = MaxAnswer };
        if (!string.IsNullOrEmpty(token) && unixSocket is null)
        {
            try
            {
                _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }
            catch (FormatException)
            {
                throw new UsageException($"{TokenVariable} holds no token");
            }
        }
    }

    public Task<JsonElement> SearchAsync(string query, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, $"/v1/plugins?{query}", null, cancellationToken);

    public Task<JsonElement> ShowAsync(string name, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, PathOf(name), null, cancellationToken);

    public Task<JsonElement> ReviewAsync(string name, int rating, string? comment, string? reviewer, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("rating"u8, rating);
            if (comment is not null)
            {
                writer.WriteString("comment"u8, comment);
            }

            if (reviewer is not null)
            {
                writer.WriteString("reviewer"u8, reviewer);
            }

            writer.WriteEndObject();
        }

        return SendAsync(HttpMethod.Post, PathOf(name) + "/reviews", Encoding.UTF8.GetString(buffer.WrittenSpan), cancellationToken);
    }

    public Task<JsonElement> SwitchAsync(string name, bool on, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, PathOf(name) + (on ? "/enable" : "/disable"), "{}", cancellationToken);

    public Task<JsonElement> GetLogLevelAsync(string name, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, PathOf(name) + "/log-level", null, cancellationToken);

    public Task<JsonElement> SetLogLevelAsync(string name, string? level, CancellationToken cancellationToken)
    {
        var value = level is null ? "null" : $"\"{JsonEncodedText.Encode(level)}\"";
        return SendAsync(HttpMethod.Post, PathOf(name) + "/log-level", $"{{\"level\":{value}}}", cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string PathOf(string name) =>
        name.Length is 0 or > 64 || name is "." or ".." ? throw new UsageException("a plugin's name has 1 to 64 characters") : "/v1/plugins/" + Uri.EscapeDataString(name);

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string target, string? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, target);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _client.SendAsync(request, cancellationToken);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            if (response.IsSuccessStatusCode)
            {
                return document.RootElement.Clone();
            }

            var problem = document.RootElement;
            var hasDetail = problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var text) && text.ValueKind == JsonValueKind.String;
            var detail = hasDetail ? problem.GetProperty("detail").GetString() : null;
            throw new RefusedException($"the sidecar answers {(int)response.StatusCode}: {PluginsTable.Shown(detail ?? "", 200)}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new RefusedException("the sidecar cannot be reached, or answers nothing that can be read");
        }
    }
}
