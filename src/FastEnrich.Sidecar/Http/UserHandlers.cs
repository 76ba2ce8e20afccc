using System.Text.Json;
using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Http;

/// <summary>The calls about one user.</summary>
internal sealed class UserHandlers(EngineHost engine, TimeSpan maxDeadline, Func<TimeSpan> engineTimeout, TimeProvider timeProvider)
{
    public Task HandleAsync(Exchange exchange, in RawTarget target, string method, Scopes scopes)
    {
        if (RequestQuery.Read(target.Query, out var query) is { } wrong)
        {
            return Problem.SendAsync(exchange, 400, wrong);
        }

        if (ReadUserId(target, query, out var userId) is { } problem)
        {
            return Problem.SendAsync(exchange, 400, problem, userId);
        }

        foreach (var plugin in query.Plugins ?? [])
        {
            if (!engine.IsEnabled(plugin))
            {
                return Problem.SendAsync(exchange, 400, "plugins names a plugin that does not run here");
            }
        }

        var options = OptionsOf(query, scopes);
        var view = query.View ?? ProfileView.Full;
        return method switch
        {
            "DELETE" => ForgetAsync(exchange, userId),
            "POST" => RefreshAsync(exchange, userId, query.Identities, options with { Mode = EnrichMode.Refresh }, view),
            _ => GetAsync(exchange, userId, query.Identities, options, view),
        };
    }

    private static string? ReadUserId(in RawTarget target, in RequestQuery query, out string userId)
    {
        userId = "";
        if (target.Operation is Operation.ProfileByQuery or Operation.RefreshByQuery)
        {
            if (query.UserId is null)
            {
                return "the query parameter user_id is missing";
            }

            userId = query.UserId;
        }
        else if (query.UserId is not null)
        {
            return "user_id is given twice, in the path and in the query";
        }
        else if (!PercentDecoder.TryDecode(target.UserId, plusIsSpace: false, out userId))
        {
            return "the user id is not percent-encoded, well-formed UTF-8";
        }

        return UserId.Validate(userId);
    }

    private EnrichOptions OptionsOf(in RequestQuery query, Scopes scopes)
    {
        var deadline = query.Deadline;
        if ((deadline ?? engineTimeout()) > maxDeadline)
        {
            deadline = maxDeadline;
        }

        return new EnrichOptions { Deadline = deadline, Plugins = query.Plugins, UntrustedIdentities = (scopes & Scopes.Identities) == 0 };
    }

    private Task GetAsync(Exchange exchange, string userId, Dictionary<string, string>? identities, EnrichOptions options, ProfileView view)
    {
        if (!TryCreateRequest(userId, identities, out var request))
        {
            return Problem.SendAsync(exchange, 400, RequestBody.IdentitiesProblem);
        }

        // Without identities there is nothing to trust, and the engine has its fastest path.
        var call = request is null
            ? engine.Enricher.EnrichAsync(userId, options with { UntrustedIdentities = false }, exchange.Aborted)
            : engine.Enricher.EnrichAsync(request, options, exchange.Aborted);
        return call.IsCompletedSuccessfully
            ? ProfileResponse.SendAsync(exchange, call.Result, view, hit: true, TimeSpan.Zero, timeProvider)
            : AwaitAsync(exchange, call, view);
    }

    private async Task AwaitAsync(Exchange exchange, ValueTask<EnrichedProfile> call, ProfileView view)
    {
        var from = timeProvider.GetTimestamp();
        var profile = await call;
        await ProfileResponse.SendAsync(exchange, profile, view, hit: false, timeProvider.GetElapsedTime(from), timeProvider);
    }

    private async Task RefreshAsync(Exchange exchange, string userId, Dictionary<string, string>? identities, EnrichOptions options, ProfileView view)
    {
        if (!RequestBody.IsJson(exchange.Request.Headers.ContentType))
        {
            await Problem.SendAsync(exchange, 415, "the content type of a POST is application/json");
            return;
        }

        var (fromBody, problem) = await RequestBody.ReadAsync(exchange);
        if (problem is not null || (fromBody is not null && identities is not null))
        {
            await Problem.SendAsync(exchange, 400, problem ?? "identities are given twice, in the query and in the body");
            return;
        }

        if (!TryCreateRequest(userId, fromBody ?? identities, out var request))
        {
            await Problem.SendAsync(exchange, 400, RequestBody.IdentitiesProblem);
            return;
        }

        await AwaitAsync(exchange, engine.Enricher.EnrichAsync(request ?? new EnrichmentRequest(userId), options, exchange.Aborted), view);
    }

    private async Task ForgetAsync(Exchange exchange, string userId)
    {
        var receipt = await engine.Enricher.ForgetAsync(userId, exchange.Aborted);
        using (var writer = new Utf8JsonWriter(exchange.Buffer))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("local"u8, receipt.Local);
            if (receipt.L2 is { } l2)
            {
                writer.WriteBoolean("l2"u8, l2);
            }

            if (receipt.Published is { } published)
            {
                writer.WriteBoolean("published"u8, published);
            }

            writer.WriteBoolean("complete"u8, receipt.Complete);
            writer.WriteEndObject();
        }

        await exchange.SendAsync(receipt.Complete ? 200 : 202, "application/json");
    }

    private static bool TryCreateRequest(string userId, Dictionary<string, string>? identities, out EnrichmentRequest? request)
    {
        request = null;
        if (identities is null)
        {
            return true;
        }

        try
        {
            request = new EnrichmentRequest(userId, identities);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
