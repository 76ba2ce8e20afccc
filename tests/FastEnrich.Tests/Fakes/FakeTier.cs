using System.Collections.Concurrent;
using FastEnrich.Caching;

namespace FastEnrich.Tests.Fakes;

/// <summary>What the stores of several engines share: records, erase tokens, and who is told of changes.</summary>
internal sealed class FakeTier
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string UserId, string Plugin), (StoredSlot Slot, int Drops)> _records = [];
    private readonly Dictionary<string, int> _tokens = [];
    private readonly ConcurrentDictionary<string, int> _drops = new();

    public ConcurrentBag<FakeStore> Stores { get; } = [];

    /// <summary>How a message gets to another instance; at once where a test says nothing else.</summary>
    public Action<Action> Deliver { get; set; } = static message => message();

    public int DropsOf(string plugin) => _drops.GetValueOrDefault(plugin);

    public StoredSlot? Get(string userId, string plugin)
    {
        lock (_lock)
        {
            return _records.TryGetValue((userId, plugin), out var record) && record.Drops == DropsOf(plugin) ? record.Slot : null;
        }
    }

    public void Put(string userId, StoredSlot slot)
    {
        lock (_lock)
        {
            _records[(userId, slot.Plugin)] = (slot, DropsOf(slot.Plugin));
        }
    }

    public StoredProfile Read(string userId, IReadOnlyList<string> plugins)
    {
        lock (_lock)
        {
            return new StoredProfile(TokenOf(userId), [.. plugins.Select(plugin => Get(userId, plugin))]);
        }
    }

    /// <summary>Writes unless the user was erased, the plugin dropped, or a newer record is there.</summary>
    public bool TryWrite(string userId, EraseToken token, StoredSlot slot, int drops)
    {
        lock (_lock)
        {
            if (token != TokenOf(userId) || drops != DropsOf(slot.Plugin) || Get(userId, slot.Plugin)?.FetchedAt > slot.FetchedAt)
            {
                return false;
            }

            Put(userId, slot);
            return true;
        }
    }

    public void Erase(string userId)
    {
        lock (_lock)
        {
            _tokens[userId] = _tokens.GetValueOrDefault(userId) + 1;
            foreach (var key in _records.Keys.Where(key => key.UserId == userId).ToArray())
            {
                _records.Remove(key);
            }
        }
    }

    public void Drop(string plugin) => _drops.AddOrUpdate(plugin, 1, static (_, drops) => drops + 1);

    public void Tell(FakeStore sender, Action<IProfileStoreListener> message)
    {
        foreach (var store in Stores.Where(store => store != sender && store.HearsOthers))
        {
            var connection = store.Connection;
            Deliver(() =>
            {
                if (store.HearsOthers && store.Connection == connection) // what is on its way when a connection breaks is lost
                {
                    message(store.Listener!);
                }
            });
        }
    }

    private EraseToken TokenOf(string userId) => new($"t{_tokens.GetValueOrDefault(userId)}");
}
