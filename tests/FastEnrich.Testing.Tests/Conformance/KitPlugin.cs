using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Testing.Tests.Conformance;

/// <summary>A plugin that holds to every rule but the one that its options name.</summary>
[EnrichmentPlugin("kit", Version = "1.2.3", Description = "Users of the kit's tests", Author = "FastEnrich contributors", License = "MIT", Capabilities = ["user_demographics"])]
[JsonPayload(typeof(KitUser))]
[JsonPayload(typeof(KitBatch))]
[Provides("email")]
public sealed partial class KitPlugin(KitOptions options, PluginContext context) : IBatchEnrichmentPlugin
{
    private static readonly HttpClient s_following = new(); // follows redirects
#pragma warning disable FE1008 // a rule catches what it is for: results that differ between calls
    private static int s_calls;
#pragma warning restore FE1008

    private readonly UpstreamUrl _url = new(options.ApiUrl);
    private string? _lastId;
    private bool _disposed;

    public int MaxBatchSize => 100;

    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        if (Breaks("cancel-before") || Breaks("cancel-during"))
        {
            cancellationToken = CancellationToken.None;
        }

        if (Breaks("disposes"))
        {
            ObjectDisposedException.ThrowIf(false, this);
            _ = _disposed ? throw new NullReferenceException("as of a field that was cleared") : 0;
        }

        if (Breaks("thread-safe"))
        {
            return await MixUpAsync(request, cancellationToken);
        }

        return await EnrichAsync(request.UserId, request, cancellationToken);
    }

    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _url.Append("v1", "users", "batch").ToUri()) { Content = new StringContent(Ids(requests), Encoding.UTF8, "application/json") };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        var response = await context.Upstream.SendAsync(message, "read_users", cancellationToken);
        if (!response.IsSuccess)
        {
            throw response.ToException();
        }

        var users = response.Read(KitPluginJsonContext.Default.KitBatch).Users ?? [];
        for (var i = 0; i < requests.Count; i++)
        {
            var user = Breaks("batch-equals-single") ? users.ElementAtOrDefault(i) : users.FirstOrDefault(user => user?.Id == requests[i].UserId);
            results.Set(i, user is null ? EnrichmentResult.NotFound() : Result(user, null));
        }
    }

    public async ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        using var message = Get(_url.Append("v1", "health").ToUri());
        try
        {
            var response = await context.Upstream.SendAsync(message, "check_health", Breaks("health-bounded") ? CancellationToken.None : cancellationToken);
            return Breaks("health-honest") || response.IsSuccess;
        }
        catch (PluginException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return ValueTask.CompletedTask;
    }

    private bool Breaks(string rule) => options.Flaw == rule;

    /// <summary>The id of a call goes through a field.</summary>
    private async ValueTask<EnrichmentResult> MixUpAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        _lastId = request.UserId;
        await Task.Yield();
        var before = _lastId;
        using var health = Get(_url.Append("v1", "health").ToUri());
        await context.Upstream.SendAsync(health, "check_health", cancellationToken);
        return await EnrichAsync(before == _lastId ? _lastId! : "kit-user-0003", request, cancellationToken);
    }

    private async ValueTask<EnrichmentResult> EnrichAsync(string id, EnrichmentRequest request, CancellationToken cancellationToken)
    {
        if (!Breaks("ids-escaped") && !UpstreamUrl.IsSegment(id))
        {
            return EnrichmentResult.NotFound();
        }

        using var message = Get(Breaks("ids-escaped") ? Raw(id) : _url.Append("v1", "users", id).ToUri());
        if (request.Previous?.Validator is { } validator && !Breaks("previous-validator"))
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", validator);
        }

        var response = Breaks("no-redirects") ? null : await SendAsync(message, id, cancellationToken);
        if (response is null)
        {
            using var followed = await s_following.SendAsync(message, cancellationToken);
            throw new PluginException("kit", "read_user", "followed", PluginErrorCode.ConnectionError);
        }

        return response.StatusCode switch
        {
            HttpStatusCode.NotModified when request.Previous is not null => EnrichmentResult.NotModified(),
            HttpStatusCode.NotFound when !Breaks("status-not-found") => EnrichmentResult.NotFound(),
            _ when !response.IsSuccess => throw Failure(response, id),
            _ => Read(response),
        };
    }

    private Uri Raw(string id) => new($"{options.ApiUrl}/v1/users/{id.Replace('\0', '0').Replace("\r\n", "", StringComparison.Ordinal)}");

    private async ValueTask<UpstreamResponse> SendAsync(HttpRequestMessage message, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Upstream.SendAsync(message, "read_user", cancellationToken);
        }
        catch (OperationCanceledException) when (Breaks("cancel-before"))
        {
            throw new InvalidOperationException("never reached");
        }
        catch (PluginException failure) when (Breaks("survives-broken-connections") && failure.Code == PluginErrorCode.ConnectionError)
        {
            throw new HttpRequestException("the author's own client would throw that");
        }
    }

    private PluginException Failure(UpstreamResponse response, string id)
    {
        var body = Encoding.UTF8.GetString(response.Body.Span);
        if (Breaks("no-secret-in-logs"))
        {
            context.Logger.LogWarning("failed with {Key}", options.ApiKey);
        }

        if (Breaks("no-user-in-logs"))
        {
            using var scope = context.Logger.BeginScope(new Dictionary<string, object?> { ["user"] = id });
            context.Logger.LogWarning("failed");
        }

        return options.Flaw switch
        {
            "no-secret-in-errors" => new PluginException("kit", "read_user", "failed", response.DefaultErrorCode, cause: new InvalidOperationException($"Bearer {options.ApiKey}")),
            "no-user-in-errors" => new PluginException("kit", "read_user", body, response.DefaultErrorCode),
            "status-auth" => response.ToException(retryable: true),
            "status-not-found" => response.ToException(code: PluginErrorCode.ConnectionError),
            "status-rate-limit" => new PluginException("kit", "read_user", "failed", PluginErrorCode.RateLimitError),
            "status-server-error" => response.ToException(code: PluginErrorCode.InvalidResponse),
            _ => response.ToException(),
        };
    }

    private EnrichmentResult Read(UpstreamResponse response)
    {
        if (Breaks("survives-wrong-types"))
        {
            using var document = Breaks("survives-wrong-types") ? JsonDocument.Parse(Parsable(response) ? response.Body : throw response.ToException(code: PluginErrorCode.InvalidResponse)) : null;
            return Result(new KitUser { Id = document!.RootElement.GetProperty("id").GetString(), Name = document.RootElement.GetProperty("name").GetString() }, response);
        }

        if (Breaks("survives-garbage") && !response.TryRead(KitPluginJsonContext.Default.KitUser, out _))
        {
            return EnrichmentResult.NotFound(); // an outage becomes "we do not know the user"
        }

        return Result(response.Read(KitPluginJsonContext.Default.KitUser), response);
    }

    private static bool Parsable(UpstreamResponse response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private EnrichmentResult Result(KitUser user, UpstreamResponse? response)
    {
        var enrichment = new UserEnrichment
        {
            Demographics = new Demographics { Age = user.Age.ValueKind == JsonValueKind.Number && user.Age.TryGetInt32(out var age) && age is >= 0 and < 150 ? age : null, City = user.Name },
            Interests = Breaks("deterministic") ? [$"call {Interlocked.Increment(ref s_calls)}"] : null,
            Confidence = Breaks("contract-result") ? 1.5 : 0.9,
        };
        return EnrichmentResult.Found(enrichment, user.Email is null ? null : new Dictionary<string, string> { ["email"] = user.Email }, response?.ETag);
    }

    private HttpRequestMessage Get(Uri uri)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, uri);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        return message;
    }

    private static string Ids(IReadOnlyList<EnrichmentRequest> requests)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("ids");
            requests.ToList().ForEach(request => json.WriteStringValue(request.UserId));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
