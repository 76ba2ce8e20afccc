using System.Text.Json;
using FastEnrich.Plugins.Crm.Salesforce.Payloads;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Runs queries: one by itself, several within one request; and reads their rows page by page. Thread-safe.</summary>
internal sealed class SalesforceQueries(SalesforceConnection connection, string version)
{
    private const int MaxBatch = 25; // of requests within one
    private const int MaxLengthByItself = 4_000; // the vendor advises 2,000; beyond, a body carries it
    private const int MaxPages = 10; // of 2,000 rows; whoever has more is no person
    private const int MaxLocatorLength = 200;

    /// <summary>Returns the rows of each query, in their order.</summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<SalesforceRecord>>> RunAsync(IReadOnlyList<SalesforceQuery> queries, CancellationToken cancellationToken)
    {
        if (queries is [var single] && single.EncodedLength <= MaxLengthByItself)
        {
            return [await RunAsync(single, cancellationToken).ConfigureAwait(false)];
        }

        List<IReadOnlyList<SalesforceRecord>> rows = [];
        foreach (var batch in queries.Chunk(MaxBatch))
        {
            await RunBatchAsync(batch, rows, cancellationToken).ConfigureAwait(false);
        }

        return rows;
    }

    private async ValueTask<List<SalesforceRecord>> RunAsync(SalesforceQuery query, CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(
            root => new HttpRequestMessage(HttpMethod.Get, root.Append(version, "query").Query("q", query.Text).ToUri()),
            query.Operation,
            1,
            cancellationToken).ConfigureAwait(false);
        return await ReadPagesAsync(Page(response), query.Operation, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RunBatchAsync(SalesforceQuery[] batch, List<IReadOnlyList<SalesforceRecord>> rows, CancellationToken cancellationToken)
    {
        const string operation = "read_batch";
        var response = await connection.SendAsync(
            root => new HttpRequestMessage(HttpMethod.Post, root.Append(version, "composite", "batch").ToUri()) { Content = SalesforceBodies.Batch(batch, version) },
            operation, batch.Length, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess)
        {
            throw connection.Failed(response);
        }

        if (response.Read(SalesforcePluginJsonContext.Default.SalesforceBatchAnswer).Results is not { } results || results.Count != batch.Length)
        {
            throw connection.Unusable(operation);
        }

        var pages = batch.Select((query, i) => Page(results[i], query.Operation)).ToArray(); // all of them, before further ones are asked for
        for (var i = 0; i < batch.Length; i++)
        {
            rows.Add(await ReadPagesAsync(pages[i], batch[i].Operation, cancellationToken).ConfigureAwait(false));
        }
    }

    private async ValueTask<List<SalesforceRecord>> ReadPagesAsync(SalesforceQueryPage page, string operation, CancellationToken cancellationToken)
    {
        List<SalesforceRecord> rows = [];
        for (var pages = 1; ; pages++)
        {
            var before = rows.Count;
            rows.AddRange((page.Records ?? throw connection.Unusable(operation)).OfType<SalesforceRecord>());

            // A page that brings nothing ends the reading, whatever it says of a next one.
            if (page.Done != false || pages == MaxPages || rows.Count == before)
            {
                return rows;
            }

            var (pageVersion, locator) = Next(page.NextRecordsUrl) ?? throw connection.Unusable(operation);
            var response = await connection.SendAsync(
                root => new HttpRequestMessage(HttpMethod.Get, root.Append(pageVersion, "query", locator).ToUri()), operation, 1, cancellationToken).ConfigureAwait(false);
            page = Page(response);
        }
    }

    private SalesforceQueryPage Page(UpstreamResponse response) =>
        response.IsSuccess ? response.Read(SalesforcePluginJsonContext.Default.SalesforceQueryPage) : throw connection.Failed(response);

    private SalesforceQueryPage Page(SalesforceBatchItem? item, string operation)
    {
        if (item is not { StatusCode: >= 200 and < 300 })
        {
            throw item is null ? connection.Unusable(operation) : connection.Noted(SalesforceErrors.ToException(connection.PluginName, operation, item));
        }

        try
        {
            return item.Result.Deserialize(SalesforcePluginJsonContext.Default.SalesforceQueryPage) ?? throw connection.Unusable(operation);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw connection.Unusable(operation);
        }
    }

    /// <summary>Takes the path of a further page apart. Only this shape is followed: an answer must not choose where the token travels, nor what is asked there.</summary>
    private static (string Version, string Locator)? Next(string? path) =>
        path?.Split('/') is ["", "services", "data", var pageVersion, "query", var locator]
        && pageVersion.Length is > 1 and <= 8 && pageVersion[0] == 'v' && pageVersion.AsSpan(1).IndexOfAnyExcept("0123456789.") < 0
        && locator.Length is > 0 and <= MaxLocatorLength && locator.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? (pageVersion, locator)
            : null;
}
