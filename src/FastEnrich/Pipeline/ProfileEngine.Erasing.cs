namespace FastEnrich.Pipeline;

/// <content>Users that are forgotten, and plugins of which everything is dropped.</content>
internal sealed partial class ProfileEngine
{
    public async ValueTask<ForgetReceipt> ForgetAsync(string userId, CancellationToken cancellationToken)
    {
        UserId.ThrowIfInvalid(userId);
        ForgetLocally(userId);
        if (_store is null)
        {
            return new(true, null, null);
        }

        var (erased, published) = (false, false);
        using var budget = new CancellationTokenSource(_options.ConnectTimeout, Clock.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            (erased, published) = await _store.ForgetAsync(userId, both.Token).AsTask().WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The receipt says that it is not confirmed.
        }
        finally
        {
            if (_l1.Peek(userId) is { } entry && entry.IsFromBeforeErasure(Plugins.Coherence, Clock.UtcTicks))
            {
                ForgetLocally(userId); // a request has read the old record meanwhile
            }
        }

        return new(true, erased, published);
    }

    /// <summary>Drops all that is held of one plugin, here at once and everywhere once the second tier has confirmed it.</summary>
    public async ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken)
    {
        DropLocally(plugin);
        if (_store is null)
        {
            return true;
        }

        using var budget = new CancellationTokenSource(_options.ConnectTimeout, Clock.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            return await _store.DropAsync(plugin, both.Token).AsTask().WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return false; // the tier repeats it
        }
        finally
        {
            DropLocally(plugin); // a request between the two may have read an old record
        }
    }

    private void ForgetLocally(string userId)
    {
        if (_l1.Find(userId) is { } entry)
        {
            var done = entry.Forget(Clock.UtcTicks);
            _l1.Remove(entry);
            Answer(done);
        }
    }

    /// <summary>In one step for all users: every value of the plugin is of an earlier generation now, and no ready snapshot belongs to the new table.</summary>
    private bool DropLocally(string name)
    {
        lock (_swapping)
        {
            if (_plugins.Find(name) is not { } plugin)
            {
                return false;
            }

            plugin.Generation = NextGeneration();
            Volatile.Write(ref _plugins, _plugins.Under(_plugins.Coherence));
            return true;
        }
    }
}
