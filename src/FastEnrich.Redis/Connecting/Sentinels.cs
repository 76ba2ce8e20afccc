using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace FastEnrich.Redis.Connecting;

/// <summary>
/// Says where the primary is, as its sentinels know it. The client could do so itself, but then it waits for answers and connections on threads of the pool, on
/// several at once: with two cores, nothing else of the process ran for up to two seconds of each start and failover. Nothing here holds a thread while it waits.
/// </summary>
internal sealed class Sentinels : IAsyncDisposable
{
    private const int DefaultPort = 26379;
    private const int MaxKnown = 32; // what sentinels tell of each other is bounded, too

    private static readonly HashSet<string> s_commands = ["auth", "hello", "ping", "info", "sentinel"]; // none that subscribes: that would be a second connection to each

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250); // with one that hangs; it is asked again in a second

    private readonly TimeProvider _timeProvider;
    private readonly string _service;
    private readonly ConfigurationOptions _client;
    private readonly ConfigurationOptions _options;
    private readonly EndPoint[] _named;
    private IConnectionMultiplexer? _multiplexer;

    private Sentinels(ConfigurationOptions client, string service, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _service = service;
        _client = client;
        _named = [.. client.EndPoints.Select(WithPort)];
        _options = client.Clone();
        _options.ServiceName = null; // with it the client looks after the primary
        _options.User = client.SentinelUser;
        _options.Password = client.SentinelPassword;
        _options.CommandMap = CommandMap.Create(s_commands, available: true);
        _options.DefaultDatabase = null;
        _options.HighIntegrity = false; // asks for ECHO, which they do not have
        SetEndPoints(_options, _named);
    }

    /// <summary>Gets how many sentinels are asked.</summary>
    public int Known => _options.EndPoints.Count;

    /// <returns><see langword="null"/> when the client's options name no service of sentinels.</returns>
    public static Sentinels? Of(ConfigurationOptions client, TimeProvider timeProvider) =>
        client.ServiceName is { Length: > 0 } service ? new(client, service, timeProvider) : null;

    /// <summary>Asks all of them at once. The latest failover counts, whoever knows of it: the others hear of it up to two seconds later.</summary>
    /// <param name="fromMajority">Whether more than half of those that are known must have answered: one that is cut off names the primary of before.</param>
    /// <returns><see langword="null"/> when they do not say.</returns>
    public async Task<EndPoint?> FindPrimaryAsync(bool fromMajority)
    {
        _multiplexer ??= await ConnectionMultiplexer.ConnectAsync(_options).ConfigureAwait(false);
        var servers = _multiplexer.GetServers();
        var asked = Connected(servers).Select(AskAsync).ToArray();
        await ((Task)Task.WhenAll(asked)).WaitAsync(s_patience, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (answers, primary, latest) = (0, (EndPoint?)null, long.MinValue);
        foreach (var answer in asked.Where(static answer => answer.IsCompletedSuccessfully))
        {
            var (address, epoch) = await answer.ConfigureAwait(false);
            if (address is not null && ++answers > 0 && epoch > latest)
            {
                (primary, latest) = (address, epoch);
            }
        }

        return fromMajority && answers <= servers.Length / 2 ? null : primary;
    }

    /// <summary>Takes in the sentinels that nobody has named, so that those that were named may go.</summary>
    public async Task LearnAsync()
    {
        if (_multiplexer is not { } multiplexer)
        {
            return;
        }

        var told = await Task.WhenAll(Connected(multiplexer.GetServers()).Select(OthersOfAsync)).ConfigureAwait(false);
        var all = _named.Concat(told.SelectMany(static others => others)).Distinct().Take(MaxKnown).ToArray();
        if (told.Length == 0 || all.ToHashSet().SetEquals(_options.EndPoints))
        {
            return;
        }

        SetEndPoints(_options, all);
        _multiplexer = await ConnectionMultiplexer.ConnectAsync(_options).ConfigureAwait(false);
        await multiplexer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The client's options for this primary, and nobody else.</summary>
    public ConfigurationOptions OptionsOf(EndPoint primary)
    {
        var options = _client.Clone();
        options.ServiceName = null;
        SetEndPoints(options, [primary]);
        return options;
    }

    public ValueTask DisposeAsync() => _multiplexer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IEnumerable<IServer> Connected(IServer[] servers) => servers.Where(static server => server.IsConnected);

    private async Task<(EndPoint? Primary, long Epoch)> AskAsync(IServer sentinel)
    {
        try
        {
            var epoch = EpochOfAsync(sentinel); // first, so that the address is no older; its own is there only when the whole failover is over
            var primary = await sentinel.SentinelGetMasterAddressByNameAsync(_service).ConfigureAwait(false);
            return (primary, await epoch.ConfigureAwait(false));
        }
        catch (Exception)
        {
            return default; // the others are asked, too
        }
    }

    private async Task<long> EpochOfAsync(IServer sentinel)
    {
        try
        {
            var facts = await sentinel.SentinelMasterAsync(_service).ConfigureAwait(false);
            return long.Parse(facts.First(static fact => fact.Key == "config-epoch").Value, NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception)
        {
            return 0; // not allowed to ask
        }
    }

    private async Task<EndPoint[]> OthersOfAsync(IServer sentinel)
    {
        try
        {
            return await sentinel.SentinelGetSentinelAddressesAsync(_service).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return [];
        }
    }

    private static void SetEndPoints(ConfigurationOptions options, IEnumerable<EndPoint> endPoints)
    {
        options.EndPoints.Clear();
        foreach (var endPoint in endPoints)
        {
            options.EndPoints.Add(endPoint);
        }
    }

    private static EndPoint WithPort(EndPoint endPoint) => endPoint switch
    {
        DnsEndPoint { Port: 0 } named => new DnsEndPoint(named.Host, DefaultPort, named.AddressFamily),
        IPEndPoint { Port: 0 } address => new IPEndPoint(address.Address, DefaultPort),
        _ => endPoint,
    };
}
