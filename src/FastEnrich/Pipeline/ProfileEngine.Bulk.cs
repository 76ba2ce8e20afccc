using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FastEnrich.Pipeline;

/// <content>Streams of users. One window bounds what a call reads ahead, another what all calls together fetch.</content>
internal sealed partial class ProfileEngine
{
    /// <summary>
    /// Enriches users in order, or as they complete. A user holds a place of this call from when it is read until its profile is taken; until then a
    /// second occurrence joins the first. Unless asked to keep them, users that bulk work alone has touched leave memory again.
    /// </summary>
    public async IAsyncEnumerable<EnrichedProfile> EnrichManyAsync(
        IAsyncEnumerable<EnrichmentRequest> requests,
        BulkOptions options,
        bool keep,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = new BulkRun(options, keep, _options.BulkWindow, stop.Token);
        var reading = ReadAsync(requests, run);
        try
        {
            while (await run.Begun.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (run.Begun.Reader.TryRead(out var user))
                {
                    EnrichedProfile profile;
                    try
                    {
                        profile = await user.Profile.WaitAsync(cancellationToken).ConfigureAwait(false);
                    }
                    finally
                    {
                        Leave(user, keep);
                        run.Places.Release();
                    }

                    yield return profile;
                }
            }
        }
        finally
        {
            // Fetches that have begun go on for whoever joins them; nobody reads these tasks any more.
            await stop.CancelAsync().ConfigureAwait(false);
            run.Begun.Writer.TryComplete();
            await reading.ConfigureAwait(false);
            while (run.Begun.Reader.TryRead(out var abandoned))
            {
                Leave(abandoned, keep);
            }
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<EnrichmentRequest> requests, BulkRun run)
    {
        Exception? failure = null;
        try
        {
            var source = requests.GetAsyncEnumerator(run.Stop);
            await using var end = source.ConfigureAwait(false);
            while (true)
            {
                await run.Places.WaitAsync(run.Stop).ConfigureAwait(false); // first: nobody is read for whom there is no place
                if (!await source.MoveNextAsync().ConfigureAwait(false))
                {
                    break;
                }

                var request = source.Current;
                ArgumentNullException.ThrowIfNull(request, nameof(requests));
                await WhenBulkIsWrittenAsync(run.Stop).ConfigureAwait(false);
                await _bulkWindow.WaitAsync(run.Stop).ConfigureAwait(false);
                var user = new BulkUser(request.UserId, FetchOneAsync(request, run));
                if (!run.Options.AsCompleted)
                {
                    Deliver(user, run);
                    continue;
                }

                run.Enter();
                _ = user.Profile.ContinueWith(
                    (_, state) =>
                    {
                        Deliver(user, run);
                        run.Exit(null);
                    },
                    null,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        run.Exit(failure);
    }

    /// <summary>Never full, since each user in it holds a place; closed when its consumer has left.</summary>
    private void Deliver(BulkUser user, BulkRun run)
    {
        if (!run.Begun.Writer.TryWrite(user))
        {
            Leave(user, run.Keep);
        }
    }

    /// <summary>
    /// One user's profile. Its place in the engine's window is given back when its last fetch has settled, which a deadline may precede: so waiting rooms
    /// for bulk work never overflow, and a call whose consumer is slow holds up no other.
    /// </summary>
    private async Task<EnrichedProfile> FetchOneAsync(EnrichmentRequest request, BulkRun run)
    {
        var isBusy = false;
        try
        {
            var profile = EnrichSlow(request.UserId, request.Identities, run.Options.Each, bulk: true, CancellationToken.None);
            if (run.Keep)
            {
                _l1.Peek(request.UserId)?.Keep();
            }

            var result = await profile.ConfigureAwait(false);
            isBusy = _l1.Peek(request.UserId) is { IsBusy: true };
            return result;
        }
        finally
        {
            if (isBusy)
            {
                _ = SettleAsync(request.UserId, run.Keep);
            }
            else
            {
                _bulkWindow.Release();
            }
        }
    }

    private async Task SettleAsync(string userId, bool keep)
    {
        var table = Plugins;
        while (_l1.Peek(userId)?.Join(Request(table, table.All, table.All, UserIdentities.None, default, long.MaxValue, bulk: true, CancellationToken.None)) is { } wait)
        {
            await wait.Task.ConfigureAwait(false);
        }

        _bulkWindow.Release();
        RetireBulk(userId, keep);
    }

    /// <summary>The profile was taken, or will never be.</summary>
    private void Leave(BulkUser user, bool keep)
    {
        if (user.Profile.IsCompleted)
        {
            RetireBulk(user.UserId, keep);
            return;
        }

        _ = user.Profile.ContinueWith(
            _ => RetireBulk(user.UserId, keep),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void RetireBulk(string userId, bool keep)
    {
        if (!keep && _l1.Peek(userId) is { BulkOnly: true } entry && entry.TryRetire(onlyBulk: true))
        {
            _l1.Remove(entry);
        }
    }
}
