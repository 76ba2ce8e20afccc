using System.Threading.Channels;
using FastEnrich.Caching;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Telemetry;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Writing;

/// <summary>Writes behind the requests, which never wait for it: what there is no room or no connection for is dropped and counted.</summary>
internal sealed class ProfileWriter : IAsyncDisposable
{
    /// <summary>A flight may write for so long after its read; an erase token stands much longer.</summary>
    public static readonly TimeSpan MaxFlightLife = TimeSpan.FromMinutes(10); // the largest fetch_timeout

    private const int MaxBatchUsers = 64;
    private const long MaxBatchBytes = 256 * 1024; // 2 ms of a gigabit: reads share the connection

    private static readonly TimeSpan s_queueLife = TimeSpan.FromSeconds(30); // outlasts a restart of Redis
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_flush = TimeSpan.FromSeconds(2);

    private readonly IRedisCommands _commands;
    private readonly RecordSender _sender;
    private readonly IInvalidationBus _bus;
    private readonly TimeProvider _timeProvider;
    private readonly RedisTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly WriteQueue _queue;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;
    private volatile bool _isRefused;

    public ProfileWriter(IRedisCommands commands, RecordSender sender, IInvalidationBus bus, int capacity, TimeProvider timeProvider, RedisTelemetry telemetry, ILogger logger)
    {
        _commands = commands;
        _sender = sender;
        _bus = bus;
        _timeProvider = timeProvider;
        _telemetry = telemetry;
        _logger = logger;
        _queue = new WriteQueue(capacity, timeProvider, telemetry);
        _loop = Task.Run(RunAsync);
    }

    public int Queued => _queue.Count;

    private bool IsAway => !_commands.IsConnected || _isRefused;

    /// <summary>Queues a record; <see langword="false"/> only when there is no room. What may not be written any more is not queued.</summary>
    public bool TryEnqueue(string userId, EraseToken eraseToken, StoredSlot slot)
    {
        if (eraseToken is not WriteTicket ticket || ticket.Epoch != _bus.Epoch || _timeProvider.GetElapsedTime(ticket.ReadAt) > MaxFlightLife)
        {
            _telemetry.Written(WriteOutcome.Refused);
            return true;
        }

        var added = _queue.TryAdd(userId, ticket, slot);
        _signal.Writer.TryWrite(true);
        return added;
    }

    /// <summary>Takes back what waits for a user who is being erased.</summary>
    public void Discard(string userId) => _queue.Discard(userId);

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) =>
        _queue.HasRoom || IsAway ? ValueTask.CompletedTask : WaitAsync(cancellationToken);

    /// <summary>Writes what waits, for two seconds at most, and not at all without a connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        _signal.Writer.TryComplete();
        if (!IsAway)
        {
            using var limit = new CancellationTokenSource(s_flush, _timeProvider);
            await _loop.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _telemetry.Written(WriteOutcome.Dropped, _queue.Count); // the loop may hang in a command for a second more; nobody waits for it
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var release = _queue.NextRelease(); // before the look: a release between the two is not missed
            if (_queue.HasRoom || IsAway || _loop.IsCompleted)
            {
                return;
            }

            await release.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        var batch = new List<UserWrite>(MaxBatchUsers);
        do
        {
            while (_queue.HasUsers && !_stopping.IsCancellationRequested)
            {
                _telemetry.Written(WriteOutcome.Expired, _queue.Expire(s_queueLife));
                if (_commands.IsConnected)
                {
                    Take(batch);
                    _queue.Release();
                    await SendAsync(batch).ConfigureAwait(false);
                    batch.Clear();
                }
                else
                {
                    _queue.Release(); // who waits for room goes on without the tier
                    await RestAsync(s_look).ConfigureAwait(false);
                }
            }
        }
        while (await _signal.Reader.WaitToReadAsync().ConfigureAwait(false) && _signal.Reader.TryRead(out _));
        _queue.Release();
    }

    private void Take(List<UserWrite> batch)
    {
        for (var bytes = 0L; batch.Count < MaxBatchUsers && bytes < MaxBatchBytes && _queue.TryTake(out var user); bytes += user.Bytes)
        {
            batch.Add(user);
        }
    }

    private async Task SendAsync(List<UserWrite> batch)
    {
        // Not awaited one by one: the connection pipelines them.
        var results = await Task.WhenAll(batch.ConvertAll(_sender.SendAsync)).ConfigureAwait(false);
        if (Array.Exists(results, static result => result.IsSent))
        {
            if (_isRefused)
            {
                _isRefused = false;
                Log.WritesSucceed(_logger);
            }

            return;
        }

        if (Array.Find(results, static result => result.Failure is not null).Failure is not { } kind)
        {
            return;
        }

        if (!_isRefused)
        {
            _isRefused = true;
            Log.WritesFail(_logger, kind);
        }

        _queue.Release();
        await RestAsync(s_rest).ConfigureAwait(false); // a server that is full, read-only or loading is not hammered
    }

    private Task RestAsync(TimeSpan time) =>
        Task.Delay(time, _timeProvider, _stopping.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
