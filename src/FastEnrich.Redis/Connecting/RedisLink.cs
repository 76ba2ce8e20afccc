using System.Diagnostics.CodeAnalysis;
using System.Net;
using FastEnrich.Redis.Telemetry;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FastEnrich.Redis.Connecting;

/// <summary>
/// The one connection. It is made in the background and made again for ever; nothing here waits for Redis or throws because it is away.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    private readonly ConfigurationOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly RedisTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private volatile IConnectionMultiplexer? _multiplexer;
    private volatile bool _isPartlyAway;
    private int _started;
    private int _isAway = -1; // as logged; neither at first

    public RedisLink(ConfigurationOptions options, TimeProvider timeProvider, RedisTelemetry telemetry, ILogger logger)
    {
        _options = options;
        _timeProvider = timeProvider;
        _telemetry = telemetry;
        _logger = logger;
        Breakers = new RedisBreakers(timeProvider) { Changed = NoteBreaker };
    }

    /// <summary>Raised when a connection, of commands or of messages, is made or made again; perhaps while others are still missing.</summary>
    public event Action? Restored;

    /// <summary>Raised, with its node where one is known, when a connection, of commands or of messages, is lost: messages may have been missed from here on.</summary>
    public event Action<EndPoint?>? Lost;

    public RedisBreakers Breakers { get; }

    public bool IsConnected => _multiplexer is { IsConnected: true };

    /// <summary>Gets where messages come from; <see langword="null"/> until the first connection was tried. Subscriptions outlive reconnects.</summary>
    public ISubscriber? Subscriber => _multiplexer?.GetSubscriber();

    /// <summary>Gets the database while there is a connection. The breaker is not asked: that is for reads, which have a caller.</summary>
    public bool TryGetDatabase([NotNullWhen(true)] out IDatabase? database)
    {
        database = _multiplexer is { IsConnected: true } multiplexer ? multiplexer.GetDatabase() : null;
        return database is not null;
    }

    /// <summary>The cluster's slot of a key; negative without a cluster.</summary>
    public int SlotOf(RedisKey key) => _multiplexer?.HashSlot(key) ?? -1;

    /// <summary>Whether the node of a cluster that has this key is not connected. Free while all nodes are.</summary>
    public bool IsAway(RedisKey key)
    {
        if (!_isPartlyAway || _multiplexer is not { } multiplexer)
        {
            return false;
        }

        var slot = multiplexer.HashSlot(key);
        var servers = multiplexer.GetServers();
        var owner = servers.Where(static server => server is { IsConnected: true, ServerType: ServerType.Cluster })
            .Select(server => server.ClusterConfiguration?.GetBySlot(slot)).FirstOrDefault(static node => node is not null);
        return owner is not null && Array.Exists(servers, server => server.EndPoint.Equals(owner.EndPoint) && !server.IsConnected);
    }

    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _ = Task.Run(ConnectAsync); // not on the caller's thread: names are looked up before the first await
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_multiplexer is { } multiplexer)
        {
            await multiplexer.DisposeAsync().ConfigureAwait(false); // one that is still being made disposes itself: a stop does not wait for it
        }
    }

    private async Task ConnectAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                // Returns when connected or after the connect timeout; from then on the multiplexer itself keeps trying.
                var multiplexer = await ConnectionMultiplexer.ConnectAsync(_options).ConfigureAwait(false);
                multiplexer.ConnectionRestored += (_, _) => NoteReconnect();
                multiplexer.ConnectionFailed += (_, lost) => Note(isRestored: false, lost.EndPoint);
                _multiplexer = multiplexer;
                Note(multiplexer.IsConnected);
                if (_stopping.IsCancellationRequested)
                {
                    await multiplexer.DisposeAsync().ConfigureAwait(false);
                }

                return;
            }
            catch (Exception)
            {
                Note(isRestored: false); // Sentinel without a primary, for one
            }

            await Task.Delay(s_retry, _timeProvider, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void NoteReconnect()
    {
        _telemetry.Reconnected();
        Note(isRestored: true);
    }

    private void NoteBreaker(bool isOpen)
    {
        if (isOpen)
        {
            Log.BreakerOpened(_logger);
        }
        else
        {
            Log.BreakerClosed(_logger);
        }
    }

    private void Note(bool isRestored, EndPoint? node = null)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _isPartlyAway = !isRestored || (_multiplexer is { } multiplexer && !Array.TrueForAll(multiplexer.GetServers(), static server => server.IsConnected)); // the loss is told before it is seen
        var isAway = !IsConnected;
        if (Interlocked.Exchange(ref _isAway, isAway ? 1 : 0) != (isAway ? 1 : 0))
        {
            if (isAway)
            {
                Log.ConnectionLost(_logger);
            }
            else
            {
                Log.ConnectionRestored(_logger);
            }
        }

        if (isRestored)
        {
            Breakers.Reset();
            Restored?.Invoke();
        }
        else
        {
            Lost?.Invoke(node);
        }
    }
}
