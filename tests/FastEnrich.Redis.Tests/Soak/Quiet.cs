namespace FastEnrich.Redis.Tests.Soak;

/// <summary>
/// Waits until the pool has nothing to do: all of its threads are in here at once, and nothing is queued. Meanwhile the pool has one thread for each processor: one that
/// has grown keeps threads and does not let them work.
/// </summary>
internal sealed class Quiet : IDisposable
{
    private const int Patience = 20; // milliseconds, until a thread that is held up is no longer waited for
    private const int Tries = 50;

    private readonly (int Workers, int Ports) _min;
    private readonly (int Workers, int Ports) _max;

    public Quiet()
    {
        ThreadPool.GetMinThreads(out _min.Workers, out _min.Ports);
        ThreadPool.GetMaxThreads(out _max.Workers, out _max.Ports);
        Assert.True(ThreadPool.SetMinThreads(Environment.ProcessorCount, _min.Ports));
        Assert.True(ThreadPool.SetMaxThreads(Environment.ProcessorCount, _max.Ports));
    }

    public static void Wait()
    {
        for (var i = 0; i < Tries && !IsQuiet(Environment.ProcessorCount); i++)
        {
            // Again, with what runs now.
        }
    }

    public void Dispose()
    {
        Assert.True(ThreadPool.SetMaxThreads(_max.Workers, _max.Ports));
        Assert.True(ThreadPool.SetMinThreads(_min.Workers, _min.Ports));
    }

    private static bool IsQuiet(int threads)
    {
        var inside = 0;
        var isOver = false;
        for (var i = 0; i < threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Interlocked.Increment(ref inside);
                    while (!Volatile.Read(ref isOver))
                    {
                        Thread.Yield();
                    }
                },
                null);
        }

        var giveUp = Environment.TickCount64 + Patience;
        while (Volatile.Read(ref inside) < threads && Environment.TickCount64 < giveUp)
        {
            Thread.Yield();
        }

        var isQuiet = Volatile.Read(ref inside) == threads && ThreadPool.PendingWorkItemCount == 0;
        Volatile.Write(ref isOver, true);
        return isQuiet;
    }
}
