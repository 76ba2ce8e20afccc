namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Keeps users' tokens in memory until they expire; of too many, those longest unused go. Thread-safe.</summary>
internal sealed class FacebookTokenCache(int capacity, TimeProvider time)
{
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(1); // a call begun with the token ends before it does
    private static readonly TimeSpan s_unknownLife = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();

    public AccessToken? Find(string userId)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(userId, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            if (node.Value.Until <= time.GetUtcNow())
            {
                _entries.Remove(userId);
                return null;
            }

            _byUse.AddLast(node);
            return node.Value.Token;
        }
    }

    public void Add(string userId, AccessToken token)
    {
        lock (_lock)
        {
            Remove(userId);
            var now = time.GetUtcNow();
            var until = token.ExpiresAt - s_margin ?? now + s_unknownLife;
            if (until <= now)
            {
                return;
            }

            _entries[userId] = _byUse.AddLast(new Entry(userId, token, until));
            if (_entries.Count > capacity)
            {
                Remove(_byUse.First!.Value.UserId);
            }
        }
    }

    /// <summary>Forgets a token; a newer one stays.</summary>
    public void Remove(string userId, AccessToken token)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(userId, out var node) && node.Value.Token.Value == token.Value)
            {
                Remove(userId);
            }
        }
    }

    private void Remove(string userId)
    {
        if (_entries.Remove(userId, out var node))
        {
            _byUse.Remove(node);
        }
    }

    private readonly record struct Entry(string UserId, AccessToken Token, DateTimeOffset Until);
}
