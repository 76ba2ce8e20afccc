using System.Text.Json;
using FastEnrich.Registry;
using FastEnrich.Sidecar.Hosting;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Http;

/// <summary>The calls about plugins: <c>/v1/plugins</c> and what is under it.</summary>
internal sealed class PluginHandlers(EngineHost engine)
{
    private const int ShownReviews = 20;
    private const string NothingRunsIt = "the plugin is described here, and nothing here runs it";

    public Task HandleAsync(Exchange exchange, in RawTarget target)
    {
        if (engine.Registry is not { } registry)
        {
            return Problem.SendAsync(exchange, 404, "no list of plugins is kept here");
        }

        if (target.Operation == Operation.Plugins)
        {
            return PluginSearchQuery.Read(target.Query, out var query) is { } wrong
                ? Problem.SendAsync(exchange, 400, wrong)
                : SendAsync(exchange, 200, registry.Search(query).WriteTo);
        }

        if (!target.Query.IsEmpty)
        {
            return Problem.SendAsync(exchange, 400, "this path has no query parameters");
        }

        if (!PercentDecoder.TryDecode(target.UserId, plusIsSpace: false, out var name) || registry.Get(name) is not { } entry)
        {
            return NotFound(exchange);
        }

        return target.Operation switch
        {
            Operation.Plugin => SendEntryAsync(exchange, registry, entry),
            Operation.PluginReviews => ReviewAsync(exchange, registry, name),
            Operation.PluginLogLevel when exchange.Request.Method == "GET" => SendLogLevelAsync(exchange, entry.Name),
            Operation.PluginLogLevel => SetLogLevelAsync(exchange, entry.Name),
            var operation => SwitchAsync(exchange, registry, entry, operation == Operation.PluginEnable),
        };
    }

    private async Task ReviewAsync(Exchange exchange, PluginRegistry registry, string name)
    {
        if (await ReadAsync(exchange) is not { } body)
        {
            return;
        }

        if (!PluginBody.TryReadReview(body, out var given))
        {
            await Problem.SendAsync(exchange, 400, PluginBody.Shape);
            return;
        }

        try
        {
            var review = registry.AddReview(name, given.Rating, given.Comment, given.Reviewer);
            await (review is null ? NotFound(exchange) : SendAsync(exchange, 201, review.WriteTo));
        }
        catch (ArgumentException exception)
        {
            await Problem.SendAsync(exchange, 400, exception.Message); // ours, and quotes nothing
        }
    }

    private async Task SwitchAsync(Exchange exchange, PluginRegistry registry, PluginRegistryEntry entry, bool on)
    {
        if (await ReadAsync(exchange) is not { } body)
        {
            return;
        }

        if (!PluginBody.IsNothing(body))
        {
            await Problem.SendAsync(exchange, 400, PluginBody.Nothing);
            return;
        }

        if (on && entry.State == RegistryState.Error)
        {
            await Problem.SendAsync(exchange, 409, "the plugin does not fit this engine or the other plugins; its errors say why");
            return;
        }

        var (status, problem) = await SwitchAsync(entry.Name, on, exchange.Aborted);
        await (problem is not null ? Problem.SendAsync(exchange, status, problem)
            : registry.Get(entry.Name) is { } now ? SendEntryAsync(exchange, registry, now)
            : NotFound(exchange));
    }

    private async Task<(int Status, string? Problem)> SwitchAsync(string name, bool on, CancellationToken cancellationToken)
    {
        try
        {
            await (on ? engine.Enable(name, cancellationToken) : engine.Disable(name));
            return (200, null);
        }
        catch (PluginException exception)
        {
            return (502, $"the plugin could not be made or connected ({exception.Code}); it stays off");
        }
        catch (FastEnrichConfigurationException)
        {
            return (409, "the plugin's settings have mistakes; fastenrich config validate lists them");
        }
        catch (ArgumentException)
        {
            return (409, NothingRunsIt);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            return (409, "the engine runs as many plugins as it can");
        }
    }

    private async Task SetLogLevelAsync(Exchange exchange, string name)
    {
        if (await ReadAsync(exchange) is not { } body)
        {
            return;
        }

        if (!PluginBody.TryReadLogLevel(body, out var level))
        {
            await Problem.SendAsync(exchange, 400, PluginBody.LogLevelShape);
            return;
        }

        try
        {
            engine.SetLogLevel(name, level);
        }
        catch (ArgumentException)
        {
            await Problem.SendAsync(exchange, 409, NothingRunsIt);
            return;
        }

        await SendLogLevelAsync(exchange, name);
    }

    private Task SendLogLevelAsync(Exchange exchange, string name)
    {
        LogLevel? level;
        try
        {
            level = engine.GetLogLevel(name);
        }
        catch (ArgumentException)
        {
            return Problem.SendAsync(exchange, 409, NothingRunsIt);
        }

        return SendAsync(exchange, 200, writer => PluginBody.WriteLogLevel(writer, name, level));
    }

    /// <summary>The body of a POST; null when the request has been answered.</summary>
    private static async ValueTask<byte[]?> ReadAsync(Exchange exchange)
    {
        if (!RequestBody.IsJson(exchange.Request.Headers.ContentType))
        {
            await Problem.SendAsync(exchange, 415, "the content type of a POST is application/json");
            return null;
        }

        var body = await PluginBody.ReadAsync(exchange);
        if (body is null)
        {
            await Problem.SendAsync(exchange, 413, $"the body has at most {PluginBody.MaxBytes} bytes");
        }

        return body;
    }

    private static Task SendEntryAsync(Exchange exchange, PluginRegistry registry, PluginRegistryEntry entry) =>
        SendAsync(exchange, 200, writer => entry.WriteTo(writer, [.. registry.GetReviews(entry.Name).Take(ShownReviews)]));

    private static Task SendAsync(Exchange exchange, int status, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(exchange.Buffer))
        {
            write(writer);
        }

        exchange.Response.Headers.XContentTypeOptions = "nosniff"; // manifests and reviews are others' text
        return exchange.SendAsync(status, "application/json");
    }

    private static Task NotFound(Exchange exchange) => Problem.SendAsync(exchange, 404, "no plugin of that name is known");
}
