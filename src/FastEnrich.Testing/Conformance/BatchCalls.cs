namespace FastEnrich.Testing;

/// <summary>Calls a plugin's batches within its limits.</summary>
internal static class BatchCalls
{
    public static async Task<IReadOnlyList<PluginCall>> RunAsync(IBatchEnrichmentPlugin plugin, IReadOnlyList<EnrichmentRequest> requests, TimeSpan patience)
    {
        List<PluginCall> calls = [];
        foreach (var chunk in requests.Chunk(Math.Max(1, plugin.MaxBatchSize)))
        {
            var results = new BatchResults(chunk.Length);
            var whole = await PluginCall.RunAsync(
                async cancelled =>
                {
                    await plugin.EnrichBatchAsync(chunk, results, cancelled).ConfigureAwait(false);
                    return default;
                },
                patience).ConfigureAwait(false);
            for (var i = 0; i < chunk.Length; i++)
            {
                var (failure, result) = (results.GetFailure(i), results.GetResult(i));
                calls.Add(whole.IsResult ? await PluginCall.RunAsync(_ => failure is null ? new(result) : throw failure, patience).ConfigureAwait(false)
                    : whole);
            }
        }

        return calls;
    }

    public static async Task<IEnumerable<Exception?>> ErrorsAsync(IBatchEnrichmentPlugin plugin, ConformanceRun run) =>
        (await RunAsync(plugin, [.. run.Users.Take(2)], run.Patience).ConfigureAwait(false)).Select(static call => call.Error);
}
