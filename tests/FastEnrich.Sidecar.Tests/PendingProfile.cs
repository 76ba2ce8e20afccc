using System.Threading.Tasks.Sources;

namespace FastEnrich.Sidecar.Tests;

/// <summary>A result that is pending when it is first looked at, however soon its task ends: what a fetch looks like, without a race.</summary>
internal sealed class PendingProfile(Task<EnrichedProfile> task) : IValueTaskSource<EnrichedProfile>
{
    private int _looked;

    public EnrichedProfile GetResult(short token) => task.GetAwaiter().GetResult();

    public ValueTaskSourceStatus GetStatus(short token)
    {
        if (Interlocked.Exchange(ref _looked, 1) == 0 || !task.IsCompleted)
        {
            return ValueTaskSourceStatus.Pending;
        }

        return task.IsCompletedSuccessfully ? ValueTaskSourceStatus.Succeeded : task.IsCanceled ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        task.GetAwaiter().OnCompleted(() => continuation(state));
}
