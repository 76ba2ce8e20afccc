using System.Collections.Concurrent;
using FastEnrich.Caching;

namespace FastEnrich.Tests.Fakes;

/// <summary>A second tier in memory that can be slow, failing, hanging or full, and that honours erase tokens.</summary>
internal sealed class FakeStore : IProfileStore
{
    private readonly ConcurrentDictionary<(string UserId, string Plugin), StoredSlot> _records = new();
    private readonly ConcurrentDictionary<string, int> _tokens = new();
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public ConcurrentQueue<IReadOnlyList<string>> Asked { get; } = new();

    public ConcurrentQueue<StoredSlot> Writes { get; } = new();

    /// <summary>Runs before a read answers: may throw or hang.</summary>
    public Func<CancellationToken, Task> BeforeRead { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Runs after the records were looked up and before they are handed over.</summary>
    public Func<Task> AfterRead { get; set; } = static () => Task.CompletedTask;

    public Func<Task<(bool Erased, bool Published)>> OnForget { get; set; } = static () => Task.FromResult((true, true));

    public bool Full { get; set; }

    public async ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        Asked.Enqueue(plugins);
        await BeforeRead(cancellationToken);
        var found = new StoredProfile(Token(userId), [.. plugins.Select(plugin => _records.GetValueOrDefault((userId, plugin)))]);
        await AfterRead();
        return found;
    }

    public bool TryEnqueueWrite(string userId, string eraseToken, StoredSlot slot)
    {
        if (Full)
        {
            return false;
        }

        if (eraseToken == Token(userId))
        {
            Writes.Enqueue(slot);
            _records[(userId, slot.Plugin)] = slot;
        }

        return true;
    }

    public async ValueTask<(bool Erased, bool Published)> ForgetAsync(string userId, CancellationToken cancellationToken)
    {
        var answer = await OnForget();
        _tokens.AddOrUpdate(userId, 1, static (_, token) => token + 1);
        foreach (var key in _records.Keys.Where(key => key.UserId == userId))
        {
            _records.TryRemove(key, out _);
        }

        return answer;
    }

    public IProfileStoreListener? Listener { get; private set; }

    public void Start(IProfileStoreListener listener) => Listener = listener;

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => default;

    public ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken) => new(true);

    public ValueTask DisposeAsync() => default;

    public void Put(string userId, StoredSlot slot) => _records[(userId, slot.Plugin)] = slot;

    public StoredSlot? Get(string userId, string plugin) => _records.GetValueOrDefault((userId, plugin));

    /// <summary>A record as the engine would have written it.</summary>
    public static StoredSlot Record(DateTimeOffset fetchedAt, TimeSpan ttl, string city = "Stored", string plugin = "crm", Fingerprint fingerprint = default) => new()
    {
        Plugin = plugin,
        Payload = EnrichmentJson.Encode(Results.Enrichment(city, ttl: ttl) with { Source = plugin, Timestamp = fetchedAt }),
        FetchedAt = fetchedAt,
        FreshUntil = fetchedAt + ttl,
        GoneAt = fetchedAt + ttl + TimeSpan.FromHours(24),
        Fingerprint = fingerprint,
        DataVersion = new PluginMetadata { Name = plugin }.Version,
        Validator = "v1",
    };

    private string Token(string userId) => $"t{_tokens.GetValueOrDefault(userId)}";
}
