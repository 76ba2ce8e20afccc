using System.Buffers.Binary;
using System.Security.Cryptography;
using FastEnrich.Caching;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Keys;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Invalidation;

/// <inheritdoc cref="IInvalidationBus"/>
internal sealed partial class InvalidationBus : IInvalidationBus
{
    // Beyond it a message or an answer counts as lost. Longer than any pause of a healthy Redis, short enough for a caller of ForgetAsync to wait for.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly IBusCommands _commands;
    private readonly TimeSpan _disconnectedServing;
    private readonly ProfileKeys _keys;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Generations _generations = new();
    private readonly RecoveryQueue _queue;
    private readonly Recovery _recovery;
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _instance = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
    private IProfileStoreListener? _listener;
    private Task _running = Task.CompletedTask;

    public InvalidationBus(RedisLink link, ProfileKeys keys, IProfileEraser eraser, TimeSpan disconnectedServing, TimeProvider timeProvider, ILogger logger)
        : this(new BusCommands(link, keys), keys, eraser, disconnectedServing, timeProvider, logger)
    {
    }

    internal InvalidationBus(IBusCommands commands, ProfileKeys keys, IProfileEraser eraser, TimeSpan disconnectedServing, TimeProvider timeProvider, ILogger logger)
    {
        _commands = commands;
        _disconnectedServing = disconnectedServing;
        _keys = keys;
        _timeProvider = timeProvider;
        _logger = logger;
        _queue = new RecoveryQueue(timeProvider, logger);
        _recovery = new Recovery(_queue, eraser, TryPublishErasedAsync, TryDropAsync, timeProvider, logger);
        commands.Lost += OnLost;
        commands.Restored += OnRestored;
    }

    public long Epoch => _generations.Epoch;

    public long Life => _generations.Life;

    /// <summary>Gets how many forgets were given up before Redis confirmed them.</summary>
    public long ForgetsGivenUp => _queue.GivenUp;

    public void Start(IProfileStoreListener listener)
    {
        if (Interlocked.CompareExchange(ref _listener, listener, null) is null)
        {
            _running = Task.WhenAll(Task.Run(RunAsync), Task.Run(() => _recovery.RunAsync(_stopping.Token)));
        }
    }

    public async ValueTask PublishChangedAsync(string userId, IReadOnlyList<string> plugins) =>
        await TryPublishAsync(new(MessageKind.Changed, _instance, 0, _keys.Refer(userId), plugins)).ConfigureAwait(false);

    public void Superseded(string userId, IReadOnlyList<string> plugins) => PutInLine(new(MessageKind.Changed, _instance, 0, _keys.Refer(userId), plugins));

    public async ValueTask<bool> PublishErasedAsync(string userId) => await TryPublishErasedAsync(userId).ConfigureAwait(false);

    public void ForgetUnconfirmed(string userId)
    {
        var isFirst = _queue.Count == 0;
        _queue.AddForget(userId);
        if (isFirst)
        {
            _recovery.Wake();
        }
    }

    public bool IsForgetPending(string userId) => _queue.IsForgetPending(userId);

    public async ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken)
    {
        try
        {
            return await DropOrRepeatAsync(plugin).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false; // for this caller; it goes on
        }
    }

    public long? GenerationOf(string plugin) => _gap is not null || _queue.IsDropPending(plugin) ? null : _generations.Of(plugin);

    public async ValueTask DisposeAsync()
    {
        _commands.Lost -= OnLost;
        _commands.Restored -= OnRestored;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _recovery.Dispose();
    }

    private Task<bool> TryPublishErasedAsync(string userId) => TryPublishAsync(new(MessageKind.Erased, _instance, 0, _keys.Refer(userId), []));

    private async Task<bool> DropOrRepeatAsync(string plugin)
    {
        if (await TryDropAsync(plugin).ConfigureAwait(false))
        {
            return true;
        }

        _recovery.Wake();
        return false;
    }

    /// <summary>Pending from before the first command to after the last: what is written or read in between may be of either generation.</summary>
    private async Task<bool> TryDropAsync(string plugin)
    {
        var drop = _queue.AddDrop(plugin);
        try
        {
            var (life, drops) = await Patiently(_commands.DropAsync(plugin, _generations.Life, _generations.NewBeginning())).ConfigureAwait(false);
            if (!_generations.TryRaise(plugin, life, drops))
            {
                PutInLine(new(MessageKind.Dropped, _instance, 0, default, [plugin])); // as if another had done it: the generations are read again
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }

        if (!await TryPublishAsync(new(MessageKind.Dropped, _instance, 0, default, [plugin])).ConfigureAwait(false))
        {
            return false;
        }

        _queue.RemoveDrop(plugin, drop);
        return true;
    }

    private async Task<bool> TryPublishAsync(BusMessage message)
    {
        try
        {
            await Patiently(_commands.PublishAsync(message.Encode())).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false; // whatever the reason, nobody can be said to have heard it
        }
    }

    private Task<T> Patiently<T>(Task<T> task)
    {
        LateFailures.Observe(task);
        return task.WaitAsync(s_patience, _timeProvider, _stopping.Token);
    }

    private Task Patiently(Task task)
    {
        LateFailures.Observe(task);
        return task.WaitAsync(s_patience, _timeProvider, _stopping.Token);
    }
}
