using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FastEnrich.Caching;

namespace FastEnrich.Pipeline;

/// <content>Streams of users, through one bounded window for the whole engine.</content>
internal sealed partial class ProfileEngine
{
    /// <summary>
    /// Enriches users in order. A user holds a place in the window from when it is read until its profile is taken; until then a second occurrence
    /// joins the first. Unless asked to keep them, users that bulk work alone has touched leave memory again.
    /// </summary>
    public async IAsyncEnumerable<EnrichedProfile> EnrichManyAsync(IAsyncEnumerable<EnrichmentRequest> requests, BulkOptions options, bool keep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var begun = Channel.CreateBounded<(string UserId, ValueTask<EnrichedProfile> Profile)>(_options.BulkWindow);
        var places = new StrongBox<int>();
        var reading = ReadAsync(requests, options.Each, begun.Writer, places, stop.Token);
        try
        {
            var profiles = options.AsCompleted ? AsCompletedAsync(begun.Reader, cancellationToken) : InOrderAsync(begun.Reader, cancellationToken);
            await foreach (var profile in profiles.ConfigureAwait(false))
            {
                Leave(profile.UserId, keep, places);
                yield return profile;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
            while (begun.Reader.TryRead(out var abandoned))
            {
                Leave(abandoned.UserId, keep, places);
            }

            // Those that had begun and were not taken: the stream was left early, or one of them failed.
            if (Interlocked.Exchange(ref places.Value, 0) is var left and > 0)
            {
                _bulkWindow.Release(left);
            }
        }
    }

    private static async IAsyncEnumerable<EnrichedProfile> InOrderAsync(ChannelReader<(string UserId, ValueTask<EnrichedProfile> Profile)> begun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, profile) in begun.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return await profile.ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<EnrichedProfile> AsCompletedAsync(ChannelReader<(string UserId, ValueTask<EnrichedProfile> Profile)> begun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var completed = Channel.CreateBounded<EnrichedProfile>(_options.BulkWindow);
        var forwarding = ForwardAsync();
        await foreach (var profile in completed.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return profile;
        }

        await forwarding.ConfigureAwait(false);

        async Task ForwardAsync()
        {
            var running = 1;
            Exception? failure = null;
            try
            {
                await foreach (var (_, profile) in begun.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    Interlocked.Increment(ref running);
                    _ = OneAsync(profile);
                }
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            Done();

            async Task OneAsync(ValueTask<EnrichedProfile> profile)
            {
                try
                {
                    // Never full: each profile in it holds a place in the window.
                    completed.Writer.TryWrite(await profile.ConfigureAwait(false));
                }
                catch (Exception exception)
                {
                    failure ??= exception;
                }

                Done();
            }

            void Done()
            {
                if (Interlocked.Decrement(ref running) == 0)
                {
                    completed.Writer.TryComplete(failure);
                }
            }
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<EnrichmentRequest> requests, EnrichOptions each, ChannelWriter<(string UserId, ValueTask<EnrichedProfile> Profile)> begun, StrongBox<int> places, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var request in requests.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await _bulkWindow.WaitAsync(cancellationToken).ConfigureAwait(false);
                Interlocked.Increment(ref places.Value);
                var profile = EnrichSlow(request.UserId, request.Identities, each, bulk: true, CancellationToken.None);
                begun.TryWrite((request.UserId, profile)); // never full: the window is as large as the channel
            }

            begun.TryComplete();
        }
        catch (Exception exception)
        {
            begun.TryComplete(exception);
        }
    }

    private void Leave(string userId, bool keep, StrongBox<int> places)
    {
        Interlocked.Decrement(ref places.Value);
        _bulkWindow.Release();
        if (_l1.Peek(userId) is not { } entry)
        {
            return;
        }

        if (keep)
        {
            entry.Keep();
        }
        else if (entry.TryRetire(onlyBulk: true))
        {
            _l1.Remove(entry);
        }
    }
}
