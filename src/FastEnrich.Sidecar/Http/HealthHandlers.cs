using System.Text.Json;
using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Http;

/// <summary><c>/healthz</c> and <c>/readyz</c>, open to everybody and telling nothing else; and <c>/v1/health</c>, which tells readers how the plugins are.</summary>
internal sealed class HealthHandlers(EngineHost engine)
{
    private const string Json = "application/json";

    private volatile bool _ready;

    /// <summary>Whether new requests are welcome: the engine has started and the server is not draining.</summary>
    public bool Ready
    {
        get => _ready;
        set => _ready = value;
    }

    public Task SendAsync(Exchange exchange, Operation operation)
    {
        if (operation == Operation.Ready && !_ready)
        {
            return Problem.SendAsync(exchange, 503, "the server is starting or shutting down");
        }

        var text = operation == Operation.Ready ? "{\"status\":\"ready\"}"u8 : "{\"status\":\"live\"}"u8;
        text.CopyTo(exchange.Buffer.GetSpan(text.Length));
        exchange.Buffer.Advance(text.Length);
        return exchange.SendAsync(200, Json);
    }

    public Task HandleAsync(Exchange exchange, in RawTarget target)
    {
        if (!target.Query.IsEmpty)
        {
            return Problem.SendAsync(exchange, 400, "this path has no query parameters");
        }

        if (target.Operation == Operation.Health)
        {
            return engine.Health is { } health ? SendAsync(exchange, health.GetHealthSummary().WriteTo) : NotFound(exchange);
        }

        if (!PercentDecoder.TryDecode(target.UserId, plusIsSpace: false, out var plugin))
        {
            return NotFound(exchange);
        }

        return target.Operation == Operation.HealthCheck
            ? CheckAsync(exchange, plugin)
            : SendAsync(exchange, engine.Health?.GetHealthStatus(plugin));
    }

    private async Task CheckAsync(Exchange exchange, string plugin)
    {
        if (!RequestBody.IsJson(exchange.Request.Headers.ContentType))
        {
            await Problem.SendAsync(exchange, 415, "the content type of a POST is application/json");
            return;
        }

        var checking = engine.Health?.ForceCheckAsync(plugin, exchange.Aborted) ?? default;
        await SendAsync(exchange, await checking);
    }

    private static Task SendAsync(Exchange exchange, PluginHealth? plugin) => plugin is null ? NotFound(exchange) : SendAsync(exchange, plugin.WriteTo);

    private static Task SendAsync(Exchange exchange, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(exchange.Buffer))
        {
            write(writer);
        }

        exchange.Response.Headers.XContentTypeOptions = "nosniff"; // a message may be a plugin's text
        return exchange.SendAsync(200, Json);
    }

    private static Task NotFound(Exchange exchange) => Problem.SendAsync(exchange, 404, "no plugin of that name runs here");
}
