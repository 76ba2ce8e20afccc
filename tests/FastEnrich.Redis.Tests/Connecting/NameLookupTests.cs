using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using FastEnrich.Redis.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Connecting;

public sealed class NameLookupTests
{
    private static readonly DnsEndPoint Name = new("redis.example", 6379);
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Connect_Name_IsLookedUpOffThePool()
    {
        var onPool = new ConcurrentQueue<bool>();
        var lookup = Create(_ =>
        {
            onPool.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
            return [Address];
        });

        Assert.Equal(new IPEndPoint(Address, 6379), await EndPointAsync(lookup));
        Assert.Equal([false], onPool);
    }

    [Fact]
    public async Task Connect_NameWithSeveralAddresses_IsLeftToTheClient()
    {
        var lookup = Create(static _ => [Address, IPAddress.Parse("192.0.2.2")]);

        Assert.Same(Name, await EndPointAsync(lookup));
    }

    [Fact]
    public async Task Connect_Address_IsNotLookedUp()
    {
        var lookup = Create(static _ => throw new InvalidOperationException());
        var address = new IPEndPoint(Address, 6379);

        Assert.Same(address, await lookup.GetSocketConnectEndpointAsync(address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Connect_NameServerIsSilent_FailsInTimeAndHoldsOneThread()
    {
        var calls = 0;
        using var answer = new ManualResetEventSlim();
        var lookup = Create(_ =>
        {
            Interlocked.Increment(ref calls);
            answer.Wait();
            return [Address];
        });

        var (first, second) = (EndPointAsync(lookup), EndPointAsync(lookup)); // of commands and of messages
        _time.Advance(TimeSpan.FromSeconds(2));
        await AssertRefusedAsync(await first);
        await AssertRefusedAsync(await second);
        var third = EndPointAsync(lookup);
        answer.Set();

        Assert.Equal(new IPEndPoint(Address, 6379), await third);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Connect_NameIsUnknown_FailsAndIsLookedUpAgain()
    {
        var calls = 0;
        var lookup = Create(_ => Interlocked.Increment(ref calls) == 1 ? throw new SocketException((int)SocketError.HostNotFound) : [Address]);

        await AssertRefusedAsync(await EndPointAsync(lookup));
        Assert.Equal(new IPEndPoint(Address, 6379), await EndPointAsync(lookup));
    }

    /// <summary>By the machine itself, at once.</summary>
    private static async Task AssertRefusedAsync(EndPoint? endPoint)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAnyAsync<SocketException>(async () => await socket.ConnectAsync(endPoint!));
    }

    private static Task<EndPoint?> EndPointAsync(NameLookup lookup) => lookup.GetSocketConnectEndpointAsync(Name, TestContext.Current.CancellationToken).AsTask();

    private NameLookup Create(Func<DnsEndPoint, IPAddress[]> resolve) => new(resolve, TimeSpan.FromSeconds(2), _time);
}
