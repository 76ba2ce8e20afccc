namespace FastEnrich.Benchmarks.RedisLoad;

/// <summary>The load runs, all or one, on a Redis of their own.</summary>
internal static class LoadRuns
{
    public static async Task RunAsync(string[] args)
    {
        if (args is ["peer", var connection])
        {
            await ForgetLoad.PeerAsync(connection);
            return;
        }

        var (users, only) = (int.Parse(args[0]), args.ElementAtOrDefault(1));
        using var server = new LoadRedis();
        server.Start();
        if (only is null or "outage")
        {
            await OutageLoad.RunAsync(server);
        }

        if (only is null or "forget")
        {
            await ForgetLoad.RunAsync(server);
        }

        if (only is null or "bulk")
        {
            await BulkLoad.RunAsync(server, users);
        }
    }
}
