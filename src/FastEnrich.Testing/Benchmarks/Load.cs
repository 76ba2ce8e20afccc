using System.Collections.Concurrent;
using System.Diagnostics;

namespace FastEnrich.Testing;

/// <summary>Calls a plugin from several loops at once and notes how long each call took.</summary>
internal static class Load
{
    /// <param name="plugin">The plugin.</param>
    /// <param name="users">Who is asked for, in turn.</param>
    /// <param name="concurrency">How many loops.</param>
    /// <param name="goesOn">Says whether the call of a number is still to be made.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    public static async Task<LoadResult> RunAsync(
        IEnrichmentPlugin plugin, IReadOnlyList<EnrichmentRequest> users, int concurrency, Func<long, bool> goesOn, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, int> failures = new(StringComparer.Ordinal);
        long started = -1;
        var (begin, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
        var loops = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(LoopAsync, CancellationToken.None))).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(begin);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var result = new LoadResult([.. loops.SelectMany(static latencies => latencies).Order()], failures, elapsed, allocated);
        cancellationToken.ThrowIfCancellationRequested();
        return result;

        async Task<List<long>> LoopAsync()
        {
            List<long> latencies = [];
            while (!cancellationToken.IsCancellationRequested && Interlocked.Increment(ref started) is var call && goesOn(call))
            {
                var start = Stopwatch.GetTimestamp();
                try
                {
                    await plugin.EnrichAsync(users[(int)(call % users.Count)], cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not PluginException { Code: PluginErrorCode.NotFound })
                {
                    var kind = exception is PluginException failure ? failure.Code.ToString() : exception.GetType().Name;
                    failures.AddOrUpdate(kind, 1, static (_, count) => count + 1);
                }
                catch (PluginException)
                {
                    // Not found is an answer.
                }

                latencies.Add(Stopwatch.GetElapsedTime(start).Ticks);
            }

            return latencies;
        }
    }
}
