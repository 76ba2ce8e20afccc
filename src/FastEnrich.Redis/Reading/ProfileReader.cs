using FastEnrich.Caching;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Telemetry;
using FastEnrich.Redis.Writing;
using StackExchange.Redis;

namespace FastEnrich.Redis.Reading;

/// <summary>Reads users: one HMGET each, or none at all when it could not be answered in time.</summary>
internal sealed class ProfileReader(
    IRedisCommands commands,
    RedisBreakers breakers,
    ProfileKeys keys,
    RecordCodec codec,
    IInvalidationBus bus,
    int maxInFlight,
    TimeProvider timeProvider,
    RedisTelemetry telemetry)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1); // as the breaker's: what took a dead node's place is found within it

    private FieldSet _fields = new([]);
    private long _nextLook;
    private int _inFlight;

    /// <summary>Reads a user's records and erase token.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="plugins">Whose records.</param>
    /// <param name="deadline">The read's own deadline, and nothing else: when it ends, Redis was too slow.</param>
    public async ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken deadline)
    {
        if (bus.IsForgetPending(userId))
        {
            telemetry.Read(ReadOutcome.Forgotten);
            return new(null, new StoredSlot?[plugins.Count]); // Redis may still hold what was forgotten
        }

        var key = keys.Of(userId);
        var breaker = breakers.Of(commands.SlotOf(key));
        var startedAt = Enter(key, breaker);
        var epoch = bus.Epoch;
        var pending = Send(key, plugins);
        RedisValue[] values;
        try
        {
            values = await pending.WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (exception.Kind == RedisErrorKind.WrongType)
        {
            breaker.Succeeded(); // it has answered; what lies under this key is not ours, and other users have nothing to do with it
            telemetry.Read(ReadOutcome.Error);
            return new(null, new StoredSlot?[plugins.Count]);
        }
        catch (Exception exception)
        {
            if (!commands.IsAway(key))
            {
                breaker.Failed(startedAt); // one node of a cluster does not speak for the others
            }

            telemetry.Read(exception is OperationCanceledException or TimeoutException ? ReadOutcome.Timeout : ReadOutcome.Error);
            throw;
        }
        finally
        {
            Leave(pending);
        }

        breaker.Succeeded();
        telemetry.Read(ReadOutcome.Ok);
        if (telemetry.MeasuresReads)
        {
            telemetry.ReadTook(timeProvider.GetElapsedTime(startedAt));
        }

        return Decode(userId, plugins, values, epoch, startedAt);
    }

    /// <exception cref="RedisAwayException">Redis is not to be asked now.</exception>
    private long Enter(RedisKey key, RedisBreaker breaker)
    {
        // Beyond the limit everything is queueing: the read would miss its deadline and hold up those that can meet it.
        var outcome = !commands.IsConnected || (commands.IsAway(key) && !TryLook()) ? ReadOutcome.Away
            : Interlocked.Increment(ref _inFlight) > maxInFlight ? ReadOutcome.Busy
            : null;
        var startedAt = 0L;
        if (outcome is null && !breaker.TryEnter(out startedAt))
        {
            outcome = ReadOutcome.Open;
        }

        if (outcome is null)
        {
            return startedAt;
        }

        if (outcome != ReadOutcome.Away)
        {
            Interlocked.Decrement(ref _inFlight);
        }

        telemetry.Read(outcome);
        throw new RedisAwayException();
    }

    /// <summary>Of the users of a node that is away, one read a second goes: the client learns from its answer that another node has them now.</summary>
    private bool TryLook()
    {
        var (now, next) = (timeProvider.GetTimestamp(), Volatile.Read(ref _nextLook));
        return now >= next && Interlocked.CompareExchange(ref _nextLook, now + (long)(s_look.TotalSeconds * timeProvider.TimestampFrequency), next) == next;
    }

    private Task<RedisValue[]> Send(RedisKey key, IReadOnlyList<string> plugins)
    {
        var fields = Volatile.Read(ref _fields);
        if (!fields.IsOf(plugins))
        {
            fields = new FieldSet(plugins);
            Volatile.Write(ref _fields, fields);
        }

        try
        {
            return commands.GetAsync(key, fields.Fields);
        }
        catch (Exception exception)
        {
            return Task.FromException<RedisValue[]>(exception); // a connection that is being disposed
        }
    }

    /// <summary>A read is in flight until Redis has answered it, whenever its caller left; what comes then is dropped.</summary>
    private void Leave(Task<RedisValue[]> pending)
    {
        if (pending.IsCompleted)
        {
            Interlocked.Decrement(ref _inFlight);
            return;
        }

        _ = pending.ContinueWith(
            static (late, reader) =>
            {
                Interlocked.Decrement(ref ((ProfileReader)reader!)._inFlight);
                _ = late.Exception;
            },
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private StoredProfile Decode(string userId, IReadOnlyList<string> plugins, RedisValue[] values, long epoch, long startedAt)
    {
        var slots = new StoredSlot?[plugins.Count];
        if (values.Length != slots.Length + 1 || values[^1].Length() > WriteTicket.MaxTokenLength)
        {
            return new(null, slots); // this is not ours
        }

        var now = timeProvider.GetUtcNow().UtcTicks;
        var (hits, unusable) = (0, 0);
        for (var i = 0; i < slots.Length; i++)
        {
            if (!values[i].IsNull)
            {
                slots[i] = bus.GenerationOf(plugins[i]) is { } generation ? codec.Decode(userId, plugins[i], (ReadOnlyMemory<byte>)values[i], generation, now) : null;
                _ = slots[i] is null ? unusable++ : hits++;
            }
        }

        telemetry.Records(hits, slots.Length - hits - unusable, unusable);
        return new(new WriteTicket(values[^1].IsNull ? "" : (string)values[^1]!, epoch, startedAt), slots);
    }
}
