using System.Globalization;

namespace FastEnrich.Sidecar.Bulk;

/// <summary>Counts a run. Its memory depends on the number of plugins, not on the length of the input.</summary>
internal sealed class RunStatistics(TimeProvider timeProvider)
{
    // The engine's clock is coarse and lags on a busy machine; a result that seems this little older than its line was fetched for it.
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromMilliseconds(250);

    private readonly long _begin = timeProvider.GetTimestamp();
    private readonly SortedDictionary<string, long> _failures = new(StringComparer.Ordinal);
    private readonly LatencyHistogram _latency = new();

    public long Profiles { get; private set; }

    public long Refused { get; private set; }

    public long WithErrors { get; private set; }

    public long Results { get; private set; }

    public long Hits { get; private set; }

    public long Lines => Profiles + Refused;

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(_begin);

    public void CountRefused() => Refused++;

    public void Count(EnrichedProfile profile, long startedAt)
    {
        var took = timeProvider.GetElapsedTime(startedAt);
        _latency.Record(took);
        Profiles++;
        var started = timeProvider.GetUtcNow() - took - s_clockSlack;
        foreach (var (plugin, status) in profile.Status)
        {
            _failures.TryAdd(plugin, 0);
            if (status.FetchedAt is { } fetchedAt)
            {
                Results++;
                Hits += status.Origin == ResultOrigin.L2 || fetchedAt < started ? 1 : 0;
            }
        }

        if (profile.Errors.Count == 0)
        {
            return;
        }

        WithErrors++;
        foreach (var plugin in profile.Errors.Keys)
        {
            _failures[plugin] = _failures.GetValueOrDefault(plugin) + 1;
        }
    }

    public void WriteSummary(TextWriter writer, IReadOnlyList<PluginStatus> plugins)
    {
        var elapsed = Elapsed;
        var rate = elapsed > TimeSpan.Zero ? Profiles / elapsed.TotalSeconds : 0;
        var ratio = Results == 0 ? 0 : 100.0 * Hits / Results;
        writer.WriteLine(Text($"profiles   {Profiles} in {elapsed.TotalSeconds:0.00} s ({rate:0}/s), {WithErrors} with errors, {Refused} lines refused"));
        writer.WriteLine(Text($"hit ratio  {ratio:0.0} % of {Results} results came from a cache"));
        var (p50, p99) = (_latency.Quantile(0.5).TotalMilliseconds, _latency.Quantile(0.99).TotalMilliseconds);
        writer.WriteLine(Text($"latency    p50 {p50:0.00} ms, p99 {p99:0.00} ms, from entering the window to the line's turn"));
        writer.WriteLine(Text($"failures   {(_failures.Count == 0 ? "none" : string.Join(", ", _failures.Select(f => Text($"{f.Key} {f.Value}"))))}"));
        foreach (var plugin in plugins.Where(static plugin => plugin.Enabled))
        {
            writer.WriteLine(Text(
                $"{plugin.Name,-10} {plugin.Requests} requests, {plugin.Batches} batches for {plugin.BatchedUsers} users, {plugin.Credits} credits, {plugin.Failed} failures"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
