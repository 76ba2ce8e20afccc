using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Http;

/// <summary>What the server runs for each request: host, route, access, handler. No routing, binding or JSON of ASP.NET is involved.</summary>
internal sealed class SidecarApplication(
    AccessPolicy access,
    UserHandlers users,
    PluginHandlers plugins,
    HealthHandlers health,
    TimeProvider timeProvider,
    ILogger logger) : IHttpApplication<Exchange>
{
    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        var container = contextFeatures as IHostContextContainer<Exchange>;
        var exchange = container?.HostContext ?? new Exchange();
        if (container is not null)
        {
            container.HostContext = exchange;
        }

        exchange.Begin(contextFeatures, timeProvider.GetTimestamp());
        return exchange;
    }

    public Task ProcessRequestAsync(Exchange exchange)
    {
        try
        {
            var running = DispatchAsync(exchange);
            return running.IsCompletedSuccessfully ? running : GuardAsync(exchange, running);
        }
        catch (Exception e)
        {
            return FailAsync(exchange, e);
        }
    }

    public void DisposeContext(Exchange context, Exception? exception) => context.End();

    private Task DispatchAsync(Exchange exchange)
    {
        var target = RawTarget.Parse(exchange.Request.RawTarget);
        var method = exchange.Request.Method;
        switch (target.Operation)
        {
            case Operation.Unknown:
                return Problem.SendAsync(exchange, 404, "there is nothing at this path");
            case Operation.Live or Operation.Ready:
                return method is "GET" or "HEAD" ? health.SendAsync(exchange, target.Operation) : NotAllowed(exchange, "GET");
        }

        if (!access.AllowsHost(exchange))
        {
            return Problem.SendAsync(exchange, 403, "this server does not answer to that host name; --allowed-host adds one");
        }

        if (AllowedMethods(target.Operation) is var allowed && !IsAllowed(target.Operation, method))
        {
            return NotAllowed(exchange, allowed);
        }

        if (access.ScopesOf(exchange) is not { } scopes)
        {
            exchange.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.SendAsync(exchange, 401, "a bearer token is needed");
        }

        var needed = method == "GET" ? Scopes.Read : Scopes.Admin;
        if ((scopes & needed) == 0)
        {
            return Problem.SendAsync(exchange, 403, needed == Scopes.Admin
                ? "this call changes something: it needs a token with scope admin, the Unix socket, or --allow-unauthenticated-admin"
                : "this call needs a token with scope read");
        }

        if (target.Operation is Operation.Plugins or Operation.Plugin or Operation.PluginEnable or Operation.PluginDisable or Operation.PluginReviews or Operation.PluginLogLevel)
        {
            return plugins.HandleAsync(exchange, target);
        }

        if (target.Operation is Operation.Health or Operation.PluginHealth or Operation.HealthCheck)
        {
            return health.HandleAsync(exchange, target);
        }

        return users.HandleAsync(exchange, target, method, scopes);
    }

    private static string AllowedMethods(Operation operation) => operation switch
    {
        Operation.Profile or Operation.Plugins or Operation.Plugin or Operation.Health or Operation.PluginHealth => "GET",
        Operation.User => "DELETE",
        Operation.ProfileByQuery => "GET, DELETE",
        Operation.PluginLogLevel => "GET, POST",
        _ => "POST",
    };

    private static bool IsAllowed(Operation operation, string method) => operation switch
    {
        Operation.Profile or Operation.Plugins or Operation.Plugin or Operation.Health or Operation.PluginHealth => method == "GET",
        Operation.User => method == "DELETE",
        Operation.ProfileByQuery => method is "GET" or "DELETE",
        Operation.PluginLogLevel => method is "GET" or "POST",
        _ => method == "POST",
    };

    private static Task NotAllowed(Exchange exchange, string allowed)
    {
        exchange.Response.Headers.Allow = allowed;
        return Problem.SendAsync(exchange, 405, "this path does not have that method");
    }

    private async Task GuardAsync(Exchange exchange, Task running)
    {
        try
        {
            await running;
        }
        catch (Exception e)
        {
            await FailAsync(exchange, e);
        }
    }

    private Task FailAsync(Exchange exchange, Exception exception)
    {
        if (exception is OperationCanceledException && exchange.Aborted.IsCancellationRequested)
        {
            return Task.CompletedTask; // nobody is there to answer
        }

        if (exchange.Response.HasStarted)
        {
            Log.RequestFailed(logger, exception.GetType().Name);
            exchange.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
            return Task.CompletedTask;
        }

        switch (exception)
        {
            case BadHttpRequestException { StatusCode: var status }:
                return Problem.SendAsync(exchange, status, "the request's body could not be read");
            case ObjectDisposedException:
                return Problem.SendAsync(exchange, 503, "the server is shutting down");
            default:
                Log.RequestFailed(logger, exception.GetType().Name);
                return Problem.SendAsync(exchange, 500, "the request failed inside the server");
        }
    }
}
