using FastEnrich.Redis.Telemetry;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Invalidation;

/// <summary>
/// Forgets and drops that Redis has not confirmed, in bounded memory and for a bounded time. It does not survive the process: the receipt says that
/// the forget is not complete, and then its caller repeats it.
/// </summary>
internal sealed class RecoveryQueue(TimeProvider timeProvider, ILogger logger)
{
    /// <summary>At most 5 MB of ids; an outage in which more users are erased is one for the callers' own records.</summary>
    public const int Capacity = 10_000;

    /// <summary>An id is not kept for ever because it could not be erased; a day outlasts most incidents.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<PendingForget>> _forgets = new(StringComparer.Ordinal);
    private readonly LinkedList<PendingForget> _order = new(); // oldest first
    private readonly Dictionary<string, object> _drops = new(StringComparer.Ordinal);
    private volatile int _count; // read without the lock on every read of Redis
    private bool _overflowLogged;
    private long _givenUp;

    /// <summary>Gets how many forgets were given up for want of room or because they were too old.</summary>
    public long GivenUp => Interlocked.Read(ref _givenUp);

    public int Count => _count;

    public void AddForget(string userId)
    {
        lock (_lock)
        {
            if (_forgets.Remove(userId, out var earlier))
            {
                _order.Remove(earlier);
            }
            else if (_forgets.Count >= Capacity)
            {
                GiveUp(_order.First!); // its caller has had the longest time to repeat it
                if (!_overflowLogged)
                {
                    _overflowLogged = true;
                    Log.RecoveryOverflow(logger, Capacity);
                }
            }

            _forgets[userId] = _order.AddLast(new PendingForget(userId, timeProvider.GetTimestamp()));
            Counted();
        }
    }

    public bool IsForgetPending(string userId)
    {
        if (_count == 0)
        {
            return false;
        }

        lock (_lock)
        {
            return _forgets.ContainsKey(userId);
        }
    }

    /// <summary>Confirmed, unless the user was to be forgotten again in the meantime.</summary>
    public void Remove(PendingForget forget)
    {
        lock (_lock)
        {
            if (_forgets.TryGetValue(forget.UserId, out var node) && node.Value == forget)
            {
                _forgets.Remove(forget.UserId);
                _order.Remove(node);
                Counted();
            }
        }
    }

    /// <summary>Not confirmed this time either: the others are tried first.</summary>
    public void Postpone(PendingForget forget)
    {
        lock (_lock)
        {
            if (_forgets.TryGetValue(forget.UserId, out var node) && node.Value == forget)
            {
                _order.Remove(node);
                _order.AddLast(node);
            }
        }
    }

    /// <summary>Those to be tried now, the longest waiting first; what is too old is given up.</summary>
    public IReadOnlyList<PendingForget> Forgets()
    {
        lock (_lock)
        {
            List<PendingForget> pending = new(_order.Count);
            for (var node = _order.First; node is not null;)
            {
                var next = node.Next;
                if (timeProvider.GetElapsedTime(node.Value.Since) > MaxAge)
                {
                    GiveUp(node);
                }
                else
                {
                    pending.Add(node.Value);
                }

                node = next;
            }

            Counted();
            return pending;
        }
    }

    /// <returns>What names this drop when it is confirmed.</returns>
    public object AddDrop(string plugin)
    {
        lock (_lock)
        {
            var drop = _drops[plugin] = new object();
            Counted();
            return drop;
        }
    }

    public bool IsDropPending(string plugin)
    {
        if (_count == 0)
        {
            return false;
        }

        lock (_lock)
        {
            return _drops.ContainsKey(plugin);
        }
    }

    public void RemoveDrop(string plugin, object drop)
    {
        lock (_lock)
        {
            if (_drops.GetValueOrDefault(plugin) == drop)
            {
                _drops.Remove(plugin);
                Counted();
            }
        }
    }

    public IReadOnlyList<string> Drops()
    {
        lock (_lock)
        {
            return [.. _drops.Keys];
        }
    }

    private void GiveUp(LinkedListNode<PendingForget> node)
    {
        _forgets.Remove(node.Value.UserId);
        _order.Remove(node);
        _givenUp++;
    }

    private void Counted()
    {
        _count = _forgets.Count + _drops.Count;
        _overflowLogged &= _forgets.Count > Capacity / 2; // so that a queue at its bound says so once
    }
}
