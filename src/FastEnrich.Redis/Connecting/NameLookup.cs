using System.Net;
using StackExchange.Redis.Configuration;

namespace FastEnrich.Redis.Connecting;

/// <summary>
/// Looks up the names of servers on threads of its own, one for each name. .NET does it on threads of the pool, two at once for one Redis, and holds them until a
/// name server that says nothing is given up: seconds in which, on two cores, nothing else runs.
/// </summary>
internal sealed class NameLookup(Func<DnsEndPoint, IPAddress[]> resolve, TimeSpan patience, TimeProvider timeProvider) : Tunnel
{
    private static readonly IPEndPoint s_refused = new(IPAddress.Loopback, 0); // nobody can listen there: the client fails at once, and tries again as after any failure

    private readonly Dictionary<DnsEndPoint, Task<IPAddress[]>> _lookups = [];

    public NameLookup(TimeSpan patience)
        : this(static name => Dns.GetHostAddresses(name.Host, name.AddressFamily), patience, TimeProvider.System)
    {
    }

    public override async ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint is not DnsEndPoint name)
        {
            return endpoint;
        }

        try
        {
            var addresses = await LookUp(name).WaitAsync(patience, timeProvider, cancellationToken).ConfigureAwait(false);

            // Of several the client tries one after the other. It has to ask for them again, but is answered now.
            return addresses is [var address] ? new IPEndPoint(address, name.Port) : name;
        }
        catch (Exception)
        {
            return s_refused;
        }
    }

    private Task<IPAddress[]> LookUp(DnsEndPoint name)
    {
        lock (_lookups)
        {
            if (!_lookups.TryGetValue(name, out var lookup) || lookup.IsCompleted)
            {
                _lookups[name] = lookup = Task.Factory.StartNew(
                    () => resolve(name),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously,
                    TaskScheduler.Default);
                LateFailures.Observe(lookup);
            }

            return lookup;
        }
    }
}
