using System.Globalization;
using System.Net;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>The requests for contacts, and those about the organization itself. Thread-safe.</summary>
internal sealed class SalesforceApi(SalesforceConnection connection, SalesforceQueries queries, SalesforceLookup lookup, SalesforceFields fields, string version)
{
    public const int MaxBatch = 2_000; // of records by their ids

    /// <summary>Reads one contact, by a path where one can carry the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="modifiedSince">The time after which it must have changed to be sent; <see langword="null"/> sends it in any case.</param>
    /// <param name="cancellationToken">The flight's token.</param>
    public async ValueTask<SalesforceAnswer> ReadContactAsync(string key, DateTimeOffset? modifiedSince, CancellationToken cancellationToken)
    {
        if (!lookup.IsPathSafe(key))
        {
            return new SalesforceAnswer((await ReadContactsAsync([key], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(key));
        }

        const string operation = "read_contact";
        var response = await connection.SendAsync(root => ContactRequest(root, key, modifiedSince), operation, 1, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotModified && modifiedSince is not null)
        {
            return new SalesforceAnswer(null, modifiedSince, NotModified: true);
        }

        if (SalesforceErrors.IsUnknownRecord(response))
        {
            return default;
        }

        var contact = Succeeded(response).Read(SalesforcePluginJsonContext.Default.SalesforceRecord);
        return contact.Id is null
            ? throw connection.Unusable(operation)
            : new SalesforceAnswer(lookup.Select([contact]).GetValueOrDefault(key), HttpDate(response.GetHeader("Last-Modified")));
    }

    /// <summary>Reads a time as headers write it; <see langword="null"/> when the text is none.</summary>
    public static DateTimeOffset? HttpDate(string? text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Reads contacts by keys of which no two are alike; those that do not exist are left out.</summary>
    public async ValueTask<Dictionary<string, SalesforceRecord>> ReadContactsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        const string operation = "read_contacts";
        if (lookup.ById)
        {
            return lookup.Select(await ReadRecordsAsync(keys, operation, cancellationToken).ConfigureAwait(false));
        }

        var select = $"SELECT {string.Join(',', fields.ContactWithAccount)} FROM Contact WHERE {lookup.Field} IN ";
        var asked = SalesforceQuery.Over(operation, keys.Select(lookup.Literal), list => select + list).ToList();
        return lookup.Select((await queries.RunAsync(asked, cancellationToken).ConfigureAwait(false)).SelectMany(rows => rows));
    }

    /// <summary>Reads the versions that the instance offers; empty when its answer does not say.</summary>
    public async ValueTask<IReadOnlyCollection<string>> ReadVersionsAsync(CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(static root => new HttpRequestMessage(HttpMethod.Get, root.ToUri()), "connect", 0, cancellationToken).ConfigureAwait(false);
        return Succeeded(response).TryRead(SalesforcePluginJsonContext.Default.SalesforceVersionArray, out var versions)
            ? [.. versions.Select(offered => $"v{offered?.Version}")]
            : [];
    }

    /// <summary>Asks for the organization's limits: an authenticated call that touches no record.</summary>
    /// <returns>Whether requests are left, or <see langword="null"/> when the answer says nothing of that.</returns>
    public async ValueTask<bool?> ReadLimitsAsync(CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(
            root => new HttpRequestMessage(HttpMethod.Get, root.Append(version, "limits").ToUri()), "check_health", 1, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess)
        {
            var failure = connection.Failed(response);
            // Limits are for users who may see the setup.
            return response.StatusCode == HttpStatusCode.Forbidden && failure.Code == PluginErrorCode.AuthError ? null : throw failure;
        }

        if (!response.TryRead(SalesforcePluginJsonContext.Default.SalesforceLimits, out var limits) || limits.DailyApiRequests is not { Max: > 0 } daily)
        {
            return null;
        }

        connection.NoteRemaining("api-usage", daily.Max, daily.Remaining);
        return daily.Remaining > 0;
    }

    private HttpRequestMessage ContactRequest(UpstreamUrl root, string key, DateTimeOffset? modifiedSince)
    {
        var records = root.Append(version, "sobjects", "Contact");
        var url = (lookup.ById ? records.Append(key) : records.Append(lookup.Field, key)).Query("fields", string.Join(',', fields.Contact));
        var request = new HttpRequestMessage(HttpMethod.Get, url.ToUri());
        request.Headers.IfModifiedSince = modifiedSince;
        return request;
    }

    private async ValueTask<List<SalesforceRecord>> ReadRecordsAsync(IReadOnlyCollection<string> ids, string operation, CancellationToken cancellationToken)
    {
        List<SalesforceRecord> records = [];
        foreach (var chunk in ids.Chunk(MaxBatch))
        {
            var response = await connection.SendAsync(
                root => new HttpRequestMessage(HttpMethod.Post, root.Append(version, "composite", "sobjects", "Contact").ToUri())
                {
                    Content = SalesforceBodies.Records(chunk, fields.Contact),
                },
                operation,
                1,
                cancellationToken).ConfigureAwait(false);
            var answer = Succeeded(response).Read(SalesforcePluginJsonContext.Default.SalesforceRecordArray);
            if (answer.Length != chunk.Length)
            {
                throw connection.Unusable(operation); // a record for each id, or null in its place
            }

            records.AddRange(answer.OfType<SalesforceRecord>());
        }

        return records;
    }

    private UpstreamResponse Succeeded(UpstreamResponse response) => response.IsSuccess ? response : throw connection.Failed(response);
}
