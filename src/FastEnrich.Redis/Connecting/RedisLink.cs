using System.Diagnostics.CodeAnalysis;
using System.Net;
using FastEnrich.Redis.Telemetry;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FastEnrich.Redis.Connecting;

/// <summary>
/// The one connection. It is made in the background and made again for ever; nothing here waits for Redis or throws because it is away. Behind Sentinel it is
/// replaced when another primary is named.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250); // at what the sentinels say while there is no connection: a few small commands to each

    private readonly ConfigurationOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly RedisTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly Sentinels? _sentinels;
    private readonly CancellationTokenSource _stopping = new();
    private volatile IConnectionMultiplexer? _multiplexer;
    private volatile bool _isPartlyAway;
    private EndPoint? _primary; // that the sentinels named
    private int _started;
    private volatile string _reason = "Unknown"; // why a connection was lost, or not made, last
    private int _isAway = -1; // as logged; neither at first

    public RedisLink(ConfigurationOptions options, TimeProvider timeProvider, RedisTelemetry telemetry, ILogger logger)
    {
        _options = options;
        _timeProvider = timeProvider;
        _telemetry = telemetry;
        _logger = logger;
        _sentinels = Sentinels.Of(options, timeProvider);
        Breakers = new RedisBreakers(timeProvider) { Changed = NoteBreaker };
    }

    /// <summary>Raised when a connection, of commands or of messages, is made or made again; perhaps while others are still missing.</summary>
    public event Action? Restored;

    /// <summary>Raised, with its node where one is known, when a connection, of commands or of messages, is lost: messages may have been missed from here on.</summary>
    public event Action<EndPoint?>? Lost;

    public RedisBreakers Breakers { get; }

    public bool IsConnected => _multiplexer is { IsConnected: true };

    /// <summary>Gets where messages come from; <see langword="null"/> until the first connection was tried. Subscriptions outlive reconnects, but not another primary.</summary>
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
                if (_sentinels is null)
                {
                    await UseAsync(_options).ConfigureAwait(false);
                    return;
                }

                await FollowAsync(_sentinels).ConfigureAwait(false);
            }
            catch (Exception)
            {
                NoteNone();
            }

            var pause = _sentinels is null || IsConnected ? s_retry : s_look;
            await Task.Delay(pause, _timeProvider, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_sentinels is not null)
        {
            await _sentinels.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Looks where the primary is, and connects to it when it is another one.</summary>
    private async Task FollowAsync(Sentinels sentinels)
    {
        if (await sentinels.FindPrimaryAsync(fromMajority: IsConnected).ConfigureAwait(false) is not { } primary)
        {
            NoteNone();
        }
        else if (!primary.Equals(_primary))
        {
            await UseAsync(sentinels.OptionsOf(primary)).ConfigureAwait(false);
            _primary = primary;
            await sentinels.LearnAsync().ConfigureAwait(false);
        }
    }

    private async Task UseAsync(ConfigurationOptions options)
    {
        // Returns when connected or after the connect timeout; from then on the multiplexer itself keeps trying.
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
        var earlier = _multiplexer;
        multiplexer.ConnectionRestored += (sender, _) => NoteReconnect(sender);
        multiplexer.ConnectionFailed += (sender, lost) => NoteLoss(sender, lost);
        _multiplexer = multiplexer;
        if (earlier is not null)
        {
            Note(isRestored: false, "another primary"); // subscriptions are gone with it
            LateFailures.Observe(earlier.DisposeAsync().AsTask()); // it may hang
        }

        if (earlier is not null && multiplexer.IsConnected)
        {
            _telemetry.Reconnected();
        }

        var reason = await ReasonAsync(multiplexer).ConfigureAwait(false);
        Note(multiplexer.IsConnected, reason);
        if (_stopping.IsCancellationRequested)
        {
            await multiplexer.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>There is nobody to connect to: Sentinel without a primary, for one.</summary>
    private void NoteNone()
    {
        if (_multiplexer is null)
        {
            Note(isRestored: false, "nobody to connect to");
        }
    }

    /// <summary>Why there is no connection, in a word of the client's: the event that tells it came before anybody could listen.</summary>
    private async Task<string> ReasonAsync(ConnectionMultiplexer multiplexer)
    {
        var looks = _sentinels is null ? 8 : 1; // who follows sentinels has others to ask
        for (var look = 1; !multiplexer.IsConnected; look++)
        {
            try
            {
                await multiplexer.GetDatabase().PingAsync().ConfigureAwait(false); // fails at once
            }
            catch (RedisConnectionException exception) when (exception.InnerException is RedisConnectionException cause)
            {
                return cause.FailureType.ToString();
            }
            catch (Exception)
            {
                // There is no telling.
            }

            if (look == looks)
            {
                break;
            }

            // It is forgotten while the client tries again.
            await Task.Delay(s_look, _timeProvider, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return "Unknown";
    }

    private void NoteLoss(object? multiplexer, ConnectionFailedEventArgs lost)
    {
        if (multiplexer == _multiplexer) // not one that has been replaced
        {
            Note(isRestored: false, lost.FailureType.ToString(), lost.EndPoint);
        }
    }

    private void NoteReconnect(object? multiplexer)
    {
        if (multiplexer == _multiplexer)
        {
            _telemetry.Reconnected();
            Note(isRestored: true);
        }
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

    private void Note(bool isRestored, string? reason = null, EndPoint? node = null)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _isPartlyAway = !isRestored // the loss is told before it is seen
            || (_multiplexer is { } multiplexer && !Array.TrueForAll(multiplexer.GetServers(), static server => server.IsConnected));
        _reason = reason ?? _reason;
        var isAway = !IsConnected;
        if (Interlocked.Exchange(ref _isAway, isAway ? 1 : 0) != (isAway ? 1 : 0))
        {
            if (isAway)
            {
                Log.ConnectionLost(_logger, _reason);
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
