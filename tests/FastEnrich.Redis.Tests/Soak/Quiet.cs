namespace FastEnrich.Redis.Tests.Soak;

/// <summary>Waits until the pool has nothing to do: all of its threads are in here at once, and nothing is queued.</summary>
internal static class Quiet
{
    private const int Patience = 20; // milliseconds, until a thread that is held up, or one that has left, is no longer waited for
    private const int Tries = 50;

    public static void Wait()
    {
        for (var i = 0; i < Tries && !IsQuiet(Math.Max(1, ThreadPool.ThreadCount)); i++)
        {
            // Again, with what runs now.
        }
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
