using System.Net;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>Three real Redis that share the slots, started and joined by commands alone.</summary>
public sealed class RedisCluster : RedisServer
{
    private const int Slots = 16384;
    private readonly int[] _ports = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
    private readonly Dictionary<int, int> _busPorts = [];
    private readonly List<RedisProcess> _nodes = [];

    public override IReadOnlyList<int> Ports => _ports;

    public override string? Missing => RedisProcess.IsInstalled ? null : "redis-server is not on the PATH";

    public override Task KillAsync() => Task.WhenAll(_nodes.Select(static node => node.KillAsync()));

    /// <summary>Ends the node of a key alone.</summary>
    public Task KillNodeAsync(int hashSlot) => NodeOf(hashSlot).KillAsync();

    public async Task RestartNodeAsync(int hashSlot)
    {
        await NodeOf(hashSlot).StartAsync();
        await IsWholeAsync();
    }

    /// <summary>The node of a key accepts and never answers, until <see cref="ResumeNodeAsync"/>.</summary>
    public void SuspendNode(int hashSlot) => NodeOf(hashSlot).Suspend();

    public async Task ResumeNodeAsync(int hashSlot)
    {
        NodeOf(hashSlot).Resume();
        await IsWholeAsync();
    }

    /// <summary>A slot of the node at this address.</summary>
    public int SlotOf(EndPoint? node) => Slots * Array.IndexOf(_ports, Assert.IsType<IPEndPoint>(node).Port) / 3;

    public bool AreOnOneNode(int hashSlot, int other) => NodeOf(hashSlot) == NodeOf(other);

    /// <summary>The nodes come back with the slots they had: a cluster writes its own file whatever the persistence.</summary>
    public override async Task RestartAsync()
    {
        await Task.WhenAll(_nodes.Select(static node => node.StartAsync()));
        await IsWholeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    protected override async Task StartAsync()
    {
        foreach (var port in _ports)
        {
            var busPort = FreePort.Next();
            _busPorts[port] = busPort;
            _nodes.Add(await RedisProcess.StartAsync(port, "--cluster-enabled", "yes", "--cluster-port", $"{busPort}", "--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no"));
        }

        for (var i = 0; i < _ports.Length; i++)
        {
            await using var node = await AdminAsync(_ports[i]);
            var server = node.GetServers()[0];
            await server.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", Slots * i / 3, (Slots * (i + 1) / 3) - 1);
            foreach (var other in _ports.Where(port => port != _ports[i]))
            {
                await server.ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", other, _busPorts[other]);
            }
        }

        await IsWholeAsync();
    }

    private RedisProcess NodeOf(int hashSlot) => _nodes[Enumerable.Range(0, 3).Last(i => hashSlot >= Slots * i / 3)];

    private async Task IsWholeAsync()
    {
        foreach (var port in _ports)
        {
            await using var node = await AdminAsync(port);
            await Eventually.True(async () =>
            {
                var info = (string)(await node.GetServers()[0].ExecuteAsync("CLUSTER", "INFO"))!;
                return info.Contains("cluster_state:ok") && info.Contains("cluster_known_nodes:3") && info.Contains($"cluster_slots_ok:{Slots}");
            });
        }
    }
}
