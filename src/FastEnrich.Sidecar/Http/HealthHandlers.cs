namespace FastEnrich.Sidecar.Http;

/// <summary><c>/healthz</c> and <c>/readyz</c>: open to everybody, and telling nothing else.</summary>
internal sealed class HealthHandlers
{
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
        return exchange.SendAsync(200, "application/json");
    }
}
