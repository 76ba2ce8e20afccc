using System.Diagnostics.CodeAnalysis;
using FastEnrich.Caching;
using FastEnrich.Redis.Telemetry;

namespace FastEnrich.Redis.Writing;

/// <summary>What waits to be written: bounded in records and bytes, one element per user, one record per plugin, the newest.</summary>
internal sealed class WriteQueue(int capacity, TimeProvider timeProvider, RedisTelemetry telemetry)
{
    private const long MaxBytes = 64L * 1024 * 1024; // payloads are shared with memory until it evicts them; this bounds what then is only held here

    private readonly Lock _lock = new();
    private readonly Dictionary<string, UserWrite> _users = new(StringComparer.Ordinal);
    private readonly Queue<UserWrite> _order = [];
    private TaskCompletionSource? _room;
    private int _records;
    private long _bytes;
    private bool _isClosed;

    public int Count => Volatile.Read(ref _records);

    /// <summary>Gets whether bulk work may go on: the last quarter is for requests, which do not wait.</summary>
    public bool HasRoom => Count < capacity - (capacity / 4);

    public bool HasUsers
    {
        get
        {
            lock (_lock)
            {
                return _order.Count > 0; // a user whose records were taken back still has a place
            }
        }
    }

    /// <summary>Queues a record; <see langword="false"/> when there is no room for it.</summary>
    public bool TryAdd(string userId, WriteTicket ticket, StoredSlot slot)
    {
        lock (_lock)
        {
            if (_users.TryGetValue(userId, out var user))
            {
                if ((user.Ticket.Erasure, user.Ticket.Epoch) != (ticket.Erasure, ticket.Epoch))
                {
                    if (ticket.ReadAt < user.Ticket.ReadAt)
                    {
                        telemetry.Written(WriteOutcome.Refused);
                        return true; // erased since: the later read knows
                    }

                    telemetry.Written(WriteOutcome.Refused, user.Slots.Count);
                    Empty(user);
                    user.Ticket = ticket;
                }
                else if (TryReplace(user, slot))
                {
                    return true;
                }
            }

            if (_isClosed || _records >= capacity || _bytes + slot.Payload.Length > MaxBytes)
            {
                telemetry.Written(WriteOutcome.Dropped);
                return false;
            }

            if (user is null)
            {
                user = new UserWrite(userId, ticket, timeProvider.GetTimestamp());
                _users.Add(userId, user);
                _order.Enqueue(user);
            }

            user.Slots.Add(slot);
            Account(user, 1, slot.Payload.Length);
            return true;
        }
    }

    public bool TryTake([NotNullWhen(true)] out UserWrite? user)
    {
        lock (_lock)
        {
            if (!_order.TryDequeue(out user))
            {
                return false;
            }

            if (_users.GetValueOrDefault(user.UserId) == user)
            {
                _users.Remove(user.UserId);
            }

            _records -= user.Slots.Count;
            _bytes -= user.Bytes;
        }

        return true;
    }

    /// <summary>Takes out the users that wait for longer than this, and returns how many records that were.</summary>
    public int Expire(TimeSpan life)
    {
        var expired = 0;
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && timeProvider.GetElapsedTime(oldest.EnqueuedAt) > life && TryTake(out var user))
            {
                expired += user.Slots.Count;
            }
        }

        return expired;
    }

    /// <summary>Takes out what waits for a user.</summary>
    public void Discard(string userId)
    {
        lock (_lock)
        {
            if (_users.Remove(userId, out var user))
            {
                telemetry.Written(WriteOutcome.Refused, user.Slots.Count);
                Empty(user); // keeps its place, with nothing to write
            }
        }
    }

    /// <summary>A task that ends at the next <see cref="Release"/>.</summary>
    public Task NextRelease()
    {
        lock (_lock)
        {
            return (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Lets those look again who wait for room.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _room?.TrySetResult();
            _room = null;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        Release();
    }

    private bool TryReplace(UserWrite user, StoredSlot slot)
    {
        var index = user.Slots.FindIndex(known => known.Plugin == slot.Plugin);
        if (index < 0)
        {
            return false;
        }

        telemetry.Written(WriteOutcome.Merged);
        var known = user.Slots[index];
        if (known.FetchedAt <= slot.FetchedAt)
        {
            user.Slots[index] = slot;
            Account(user, 0, slot.Payload.Length - known.Payload.Length);
        }

        return true;
    }

    private void Empty(UserWrite user)
    {
        Account(user, -user.Slots.Count, -user.Bytes);
        user.Slots.Clear();
    }

    private void Account(UserWrite user, int records, long bytes)
    {
        user.Bytes += bytes;
        _records += records;
        _bytes += bytes;
    }
}
