namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>
/// How long a work item waits until a thread of the pool takes it. Counted in ticks of a thread of its own, so that a busy machine, which slows both, is not taken
/// for a pool whose threads are held.
/// </summary>
internal sealed class PoolWatch : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim _stopping = new();
    private readonly Thread _thread;
    private volatile int _longest;

    public PoolWatch()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "pool watch" };
        _thread.Start();
    }

    public TimeSpan Longest => _longest * Tick;

    public void Dispose()
    {
        _stopping.Set();
        _thread.Join();
    }

    private void Run()
    {
        while (!_stopping.Wait(Tick))
        {
            var taken = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static taken => taken.Set(), taken, preferLocal: false);
            for (var ticks = 1; !taken.Wait(Tick); ticks++)
            {
                _longest = Math.Max(_longest, ticks);
            }
        }
    }
}
