namespace FastEnrich.Processes;

/// <content>What is asked of the child.</content>
internal sealed partial class ChildSession
{
    /// <exception cref="PluginException">The child failed, or could not be asked.</exception>
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(MessageType.Result, 1, id => MessageWriter.Enrich(id, request), cancellationToken).ConfigureAwait(false);
        var result = answer.Results[0];
        return result.Failure is null ? result.Result : throw result.ToException(_plugin, request);
    }

    /// <inheritdoc cref="EnrichAsync"/>
    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(MessageType.BatchResult, requests.Count, id => MessageWriter.EnrichBatch(id, requests), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < requests.Count; i++)
        {
            var result = answer.Results[i];
            if (result.Failure is null)
            {
                results.Set(i, result.Result);
            }
            else
            {
                results.Fail(i, result.ToException(_plugin, requests[i]));
            }
        }
    }

    /// <inheritdoc cref="EnrichAsync"/>
    public async ValueTask<bool> CheckHealthAsync(CancellationToken cancellationToken) =>
        (await CallAsync(MessageType.Health, 0, static id => MessageWriter.Of("health", id), cancellationToken).ConfigureAwait(false)).Healthy;

    private async Task<ChildMessage> CallAsync(MessageType expected, int members, Func<long, byte[]> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = Interlocked.Increment(ref _lastId);
        var frame = write(id);
        if (frame.Length > _options.MaxFrameBytes)
        {
            throw ProcessFailure.TooLarge.ToException(_plugin);
        }

        var call = new PendingCall(expected, members);
        if (Enter(id, call) is { } refusal)
        {
            throw refusal.ToException(_plugin);
        }

        if (!_sender.TrySend(frame))
        {
            Leave(id);
            throw (Ended.IsCompleted ? ProcessFailure.Ended : ProcessFailure.Deaf).ToException(_plugin);
        }

        await using var _ = cancellationToken.UnsafeRegister(static state => ((Action)state!)(), () => Abandon(id, call, cancellationToken)).ConfigureAwait(false);
        return await call.Answer.Task.ConfigureAwait(false);
    }

    private ProcessFailure? Enter(long id, PendingCall call)
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                return ProcessFailure.Stopped;
            }

            if (Ended.IsCompleted)
            {
                return ProcessFailure.Ended;
            }

            if (_pending.Count >= _options.MaxInFlight)
            {
                return ProcessFailure.Busy;
            }

            _pending.Add(id, call);
            return null;
        }
    }

    private void Leave(long id)
    {
        lock (_lock)
        {
            _pending.Remove(id);
        }
    }

    private void Abandon(long id, PendingCall call, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_pending.ContainsKey(id))
            {
                return; // answered a moment ago
            }

            call.IsAbandoned = true;
            _abandoned++;
        }

        call.Answer.TrySetCanceled(cancellationToken);
        _sender.TrySend(MessageWriter.Of("cancel", id), isUrgent: true);
    }
}
