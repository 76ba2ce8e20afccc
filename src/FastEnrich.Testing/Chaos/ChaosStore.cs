using System.Collections.Concurrent;
using FastEnrich.Caching;

namespace FastEnrich.Testing;

/// <summary>One engine's way to the tier in memory.</summary>
internal sealed class ChaosStore(ChaosTier tier) : IProfileStore
{
    private readonly ConcurrentDictionary<string, bool> _unconfirmedUsers = new(StringComparer.Ordinal); // value: erased, and only the message is missing
    private readonly ConcurrentDictionary<string, bool> _unconfirmedPlugins = new(StringComparer.Ordinal);

    public IProfileStoreListener? Listener { get; private set; }

    public void Start(IProfileStoreListener listener)
    {
        Listener = listener;
        tier.Join(this);
        listener.Connected();
    }

    public async ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken cancellationToken)
    {
        if (await tier.Reads.PassAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new IOException("the tier is away on purpose");
        }

        if (_unconfirmedUsers.TryGetValue(userId, out var erased) && !erased && !TryErase(userId))
        {
            return new StoredProfile(null, new StoredSlot?[plugins.Count]); // what is still there is to be gone
        }

        return tier.Read(userId, plugins);
    }

    public bool TryEnqueueWrite(string userId, EraseToken eraseToken, StoredSlot slot)
    {
        var generation = tier.GenerationOf(slot.Plugin);
        tier.Run(async () =>
        {
            if (!await tier.Writes.PassAsync(CancellationToken.None).ConfigureAwait(false))
            {
                tier.Write(this, userId, eraseToken, slot, generation);
            }
        });
        return true;
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => default;

    public async ValueTask<(bool Erased, bool Published)> ForgetAsync(string userId, CancellationToken cancellationToken)
    {
        if (await tier.Erasures.PassAsync(cancellationToken).ConfigureAwait(false))
        {
            _unconfirmedUsers[userId] = false;
            return (false, false);
        }

        return (true, Erase(userId));
    }

    public async ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken)
    {
        if (await tier.Erasures.PassAsync(cancellationToken).ConfigureAwait(false))
        {
            _unconfirmedPlugins[plugin] = true;
            return false;
        }

        return Drop(plugin);
    }

    /// <summary>Tries again what could not be confirmed.</summary>
    public void Retry()
    {
        foreach (var (userId, erased) in _unconfirmedUsers)
        {
            if (erased)
            {
                Publish(userId);
            }
            else
            {
                TryErase(userId);
            }
        }

        foreach (var plugin in _unconfirmedPlugins.Keys)
        {
            if (!tier.Erasures.Strike())
            {
                Drop(plugin);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        tier.Leave(this);
        return default;
    }

    private bool TryErase(string userId)
    {
        if (tier.Erasures.Strike())
        {
            return false;
        }

        Erase(userId);
        return true;
    }

    private bool Erase(string userId)
    {
        tier.Erase(userId);
        return Publish(userId);
    }

    private bool Publish(string userId)
    {
        var published = tier.Send(this, listener => listener.Erased(userId));
        if (published)
        {
            _unconfirmedUsers.TryRemove(userId, out _);
        }
        else
        {
            _unconfirmedUsers[userId] = true;
        }

        return published;
    }

    private bool Drop(string plugin)
    {
        tier.Drop(plugin);
        _unconfirmedPlugins.TryRemove(plugin, out _);
        tier.Send(this, listener => listener.Dropped(plugin));
        return true;
    }
}
