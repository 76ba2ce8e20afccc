using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FastEnrich.Plugins.Http.Tests;

/// <summary>A Kestrel server that keeps what really came over the wire and answers with a user, once for each validator.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string BaseUrl => _app.Urls.First();

    public string Target { get; private set; } = "";

    public string Body { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    public string Answer { get; set; } = """{"interests":"echo"}""";

    public string? ETag { get; set; }

    public int NotModified { get; private set; }

    public static async Task<EchoServer> StartAsync()
    {
        var server = new EchoServer();
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        Target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        using var reader = new StreamReader(http.Request.Body);
        Body = await reader.ReadToEndAsync();
        if (ETag is not null && http.Request.Headers.IfNoneMatch == ETag)
        {
            NotModified++;
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.Headers.ETag = ETag;
        await http.Response.WriteAsync(Answer);
    }
}
