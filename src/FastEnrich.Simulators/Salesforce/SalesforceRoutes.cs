using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Answers the routes over a population. Thread-safe.</summary>
internal sealed class SalesforceRoutes(SalesforceSimulatorOptions options, SimulatedWindow day)
{
    private const int MaxIds = 2_000;
    private const int MaxSubrequests = 25;
    private const int MaxUri = 16_384;

    private readonly SalesforceTables _tables = new(options.Population, new SalesforceRecords(options.Population.Seed, options.MultiCurrency));
    private readonly SalesforceCursors _cursors = new(options.PageSize);
    private readonly SalesforceAnswers _answers = new(VersionOf(options));
    private readonly ConcurrentQueue<string> _failures = new();

    public static string VersionOf(SalesforceSimulatorOptions options) => string.Create(CultureInfo.InvariantCulture, $"v{options.Version}.0");

    public static string RouteOf(string method, string[] path) => (method, path) switch
    {
        ("POST", ["services", "oauth2", "token"]) => "token",
        ("GET", ["services", "data"]) => "versions",
        ("GET", ["services", "data", _, "limits"]) => "limits",
        ("GET", ["services", "data", _, "query"]) => "query",
        ("GET", ["services", "data", _, "query", _]) => "query_more",
        ("GET", ["services", "data", _, "sobjects", "Contact", _]) => "contact",
        ("GET", ["services", "data", _, "sobjects", "Contact", _, _]) => "contact_by_external_id",
        ("POST", ["services", "data", _, "composite", "sobjects", "Contact"]) => "contacts",
        ("POST", ["services", "data", _, "composite", "batch"]) => "batch",
        _ => "unknown",
    };

    public void FailNextSubrequest(string error, int times) => Enumerable.Repeat(error, times).ToList().ForEach(_failures.Enqueue);

    public Task AnswerAsync(string route, string[] path, HttpContext http)
    {
        if (http.Request.QueryString.Value?.Length > MaxUri)
        {
            return SalesforceErrors.Catalogue["uri_too_long"].WriteAsync(http);
        }

        return route == "versions" ? VersionsAsync(http)
            : !IsOffered(path.ElementAtOrDefault(2)) ? SalesforceErrors.Catalogue[SalesforceErrors.NotFound].WriteAsync(http)
            : route switch
            {
                "limits" => LimitsAsync(http),
                "query" => QueryAsync(http, () => _cursors.First(_tables.Run(SoqlParser.Parse(http.Request.Query["q"].ToString())))),
                "query_more" => QueryAsync(http, () => _cursors.Find(path[4]) ?? throw new SoqlException("INVALID_QUERY_LOCATOR", "invalid query locator")),
                "contact" => ContactAsync(http, SalesforceIds.NumberOf("003", path[5]) is null ? "malformed_id" : SalesforceErrors.NotFound, _tables.ContactById(path[5])),
                "contact_by_external_id" => ContactAsync(
                    http,
                    path[5] == SalesforceRecords.ExternalIdField ? SalesforceErrors.NotFound : "external_id_field",
                    path[5] == SalesforceRecords.ExternalIdField ? _tables.ContactByExternalId(path[6]) : null),
                "contacts" => ContactsAsync(http),
                "batch" => BatchAsync(http),
                _ => SalesforceErrors.Catalogue[SalesforceErrors.NotFound].WriteAsync(http),
            };
    }

    private bool IsOffered(string? version) =>
        Enumerable.Range(options.Version - 2, 3).Any(offered => version == string.Create(CultureInfo.InvariantCulture, $"v{offered}.0"));

    private Task VersionsAsync(HttpContext http) => SalesforceAnswers.WriteAsync(http, writer =>
    {
        writer.WriteStartArray();
        foreach (var version in Enumerable.Range(options.Version - 2, 3))
        {
            writer.WriteStartObject();
            writer.WriteString("label", string.Create(CultureInfo.InvariantCulture, $"Release {version}"));
            writer.WriteString("url", string.Create(CultureInfo.InvariantCulture, $"/services/data/v{version}.0"));
            writer.WriteString("version", string.Create(CultureInfo.InvariantCulture, $"{version}.0"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private Task LimitsAsync(HttpContext http) => SalesforceAnswers.WriteAsync(http, writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, max, remaining) in new[] { ("DailyApiRequests", day.Limit, Math.Max(0, day.Limit - day.Used)), ("DailyBulkApiBatches", 15_000, 15_000) })
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("Max", max);
            writer.WriteNumber("Remaining", remaining);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private async Task QueryAsync(HttpContext http, Func<SalesforceCursor> run)
    {
        try
        {
            var page = run();
            await SalesforceAnswers.WriteAsync(http, writer => _answers.Page(writer, page)).ConfigureAwait(false);
        }
        catch (SoqlException refused)
        {
            await SalesforceAnswers.ErrorAsync(http, refused.ErrorCode, refused.Message).ConfigureAwait(false);
        }
    }

    private async Task ContactAsync(HttpContext http, string error, SalesforceRow? contact)
    {
        if (contact is null)
        {
            await SalesforceErrors.Catalogue[error].WriteAsync(http).ConfigureAwait(false);
            return;
        }

        var modified = (DateTimeOffset)contact.Value("SystemModstamp")!;
        http.Response.Headers.LastModified = modified.ToString("r", CultureInfo.InvariantCulture);
        if (DateTimeOffset.TryParse(http.Request.Headers.IfModifiedSince, CultureInfo.InvariantCulture, out var since) && modified < since.AddSeconds(1))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await FieldsAsync(http, http.Request.Query["fields"].ToString().Split(','), (writer, fields) => _answers.Row(writer, contact, fields), contact).ConfigureAwait(false);
    }

    /// <summary>One unknown field refuses the whole request.</summary>
    private static async Task FieldsAsync(HttpContext http, string[] fields, Action<Utf8JsonWriter, string[]> write, SalesforceRow sample)
    {
        try
        {
            foreach (var field in fields)
            {
                sample.Field(field);
            }
        }
        catch (SoqlException refused)
        {
            await SalesforceAnswers.ErrorAsync(http, refused.ErrorCode, refused.Message).ConfigureAwait(false);
            return;
        }

        await SalesforceAnswers.WriteAsync(http, writer => write(writer, fields)).ConfigureAwait(false);
    }

    private async Task ContactsAsync(HttpContext http)
    {
        var body = await SalesforceBody.ReadAsync(http.Request.Body, http.RequestAborted).ConfigureAwait(false);
        var (ids, fields) = (body?.Texts("ids"), body?.Texts("fields"));
        if (ids is null or [] || fields is null or [] || ids.Length > MaxIds)
        {
            var code = ids?.Length > MaxIds ? "EXCEEDED_ID_LIMIT" : "JSON_PARSER_ERROR";
            await SalesforceAnswers.ErrorAsync(http, code, "record limit reached, or no ids and fields").ConfigureAwait(false);
            return;
        }

        await FieldsAsync(http, fields, (writer, asked) =>
        {
            writer.WriteStartArray();
            foreach (var contact in ids.Select(_tables.ContactById))
            {
                if (contact is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    _answers.Row(writer, contact, asked);
                }
            }

            writer.WriteEndArray();
        }, _tables.Sample("Contact")).ConfigureAwait(false);
    }

    private async Task BatchAsync(HttpContext http)
    {
        var body = await SalesforceBody.ReadAsync(http.Request.Body, http.RequestAborted).ConfigureAwait(false);
        if (body?.Subrequests() is not { Count: > 0 and <= MaxSubrequests } urls)
        {
            await SalesforceAnswers.ErrorAsync(http, "INVALID_BATCH_REQUEST", "1 to 25 subrequests are allowed").ConfigureAwait(false);
            return;
        }

        if (urls.Count > 1 && day.Take(urls.Count - 1).IsExceeded) // each counts; the request itself was counted as one of them
        {
            await SalesforceErrors.Catalogue[SalesforceErrors.DailyLimit].WriteAsync(http).ConfigureAwait(false);
            return;
        }

        var results = urls.Select(Run).ToList();
        await SalesforceAnswers.WriteAsync(http, writer => WriteBatch(writer, results, body.Halts)).ConfigureAwait(false);
    }

    /// <summary>Runs a query within a batch; the page, or the error.</summary>
    private (SalesforceCursor? Page, int Status, string Error, string Message) Run(string url)
    {
        if (_failures.TryDequeue(out var ordered))
        {
            var error = SalesforceErrors.Catalogue[ordered];
            using var body = JsonDocument.Parse(error.Body);
            return (null, error.Status, body.RootElement[0].GetProperty("errorCode").GetString()!, body.RootElement[0].GetProperty("message").GetString()!);
        }

        try
        {
            return url.Split("/query?q=") is [var version, var soql] && IsOffered(version)
                ? (_cursors.First(_tables.Run(SoqlParser.Parse(Uri.UnescapeDataString(soql)))), StatusCodes.Status200OK, "", "")
                : (null, StatusCodes.Status404NotFound, "NOT_FOUND", "The requested resource does not exist");
        }
        catch (SoqlException refused)
        {
            return (null, StatusCodes.Status400BadRequest, refused.ErrorCode, refused.Message);
        }
    }

    private void WriteBatch(Utf8JsonWriter writer, List<(SalesforceCursor? Page, int Status, string Error, string Message)> results, bool halts)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("hasErrors", results.Any(result => result.Page is null));
        writer.WriteStartArray("results");
        var halted = false;
        foreach (var (page, status, error, message) in results)
        {
            writer.WriteStartObject();
            writer.WriteNumber("statusCode", halted ? StatusCodes.Status412PreconditionFailed : status);
            writer.WritePropertyName("result");
            if (page is not null && !halted)
            {
                _answers.Page(writer, page);
            }
            else
            {
                SalesforceAnswers.Error(writer, halted ? "BATCH_PROCESSING_HALTED" : error, halted ? "an earlier request failed" : message);
                halted = halts;
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
