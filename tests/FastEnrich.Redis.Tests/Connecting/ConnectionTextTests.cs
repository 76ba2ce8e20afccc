using System.Net;
using CsCheck;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Tests.Fakes;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Connecting;

public sealed class ConnectionTextTests
{
    [Fact]
    public void TryParse_Address_IsTakenApart()
    {
        var options = Parse("redis://app:p%40ss%3A%2F@cache.example:7000/3?connectTimeout=700");

        Assert.Equal(new DnsEndPoint("cache.example", 7000), Assert.Single(options.EndPoints));
        Assert.Equal(("app", "p@ss:/", 3, false, 700), (options.User, options.Password, options.DefaultDatabase, options.Ssl, options.ConnectTimeout));
    }

    [Theory]
    [InlineData("redis://:secret@localhost", null, "secret")]
    [InlineData("redis://app:@localhost", "app", "")]
    [InlineData("redis://localhost", null, null)]
    [InlineData("redis://a:b@c@localhost", "a", "b@c")]
    public void TryParse_Address_UserAndPassword(string text, string? user, string? password)
    {
        var options = Parse(text);

        Assert.Equal((user, password), (options.User, options.Password));
    }

    [Fact]
    public void TryParse_SeveralHosts_AreAllTaken()
    {
        var options = Parse("rediss://a:1,b:2,[::1]:3/?serviceName=primary");

        Assert.Equal(3, options.EndPoints.Count);
        Assert.Equal(("primary", true), (options.ServiceName, options.Ssl));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData(" redis-a:6379,redis-b:6379,user=app,password=a=b==,ssl=true ")]
    [InlineData("REDIS://localhost:6379/0")]
    [InlineData("rediss://localhost")]
    public void TryParse_WhatIsUnderstood(string text) => Assert.NotEmpty(Parse(text).EndPoints);

    [Theory]
    [InlineData("")]
    [InlineData("redis://")]
    [InlineData("redis://host/db")]
    [InlineData("redis://host/-1")]
    [InlineData("redis://host?password=a,b:1")]
    [InlineData("redis://host?nonsense=1")]
    [InlineData("redis://host:99999999")]
    [InlineData("http://host")]
    [InlineData("password=secret")]
    [InlineData("host,connectTimeout=soon")]
    [InlineData("host,unknown=1")]
    public void TryParse_WhatIsNot_IsRefusedInSilence(string text) => Assert.False(ConnectionText.TryParse(text, out _));

    [Fact]
    public void TryParse_Anything_NeverThrows() => Gen.Select(Gen.OneOf(Gen.Const("redis://"), Gen.Const("")), Slots.WellFormed).Sample((scheme, text) =>
    {
        ConnectionText.TryParse(scheme + text, out _);
    });

    [Theory]
    [InlineData("redis://localhost")]
    [InlineData("localhost,abortConnect=true,allowAdmin=true")]
    public void TryParse_WhatMustHold_HoldsWhateverTheTextSays(string text)
    {
        var options = Parse(text);

        Assert.False(options.AbortOnConnectFail);
        Assert.False(options.AllowAdmin);
        Assert.False(options.IncludeDetailInExceptions);
        Assert.Same(BacklogPolicy.FailFast, options.BacklogPolicy);
        Assert.Equal(("", "", "fastenrich"), (options.TieBreaker, options.ConfigurationChannel, options.ClientName));
    }

    [Fact]
    public void TryParse_WhatMayBeSet_IsStrongerThanOurDefaults()
    {
        var options = Parse("localhost,asyncTimeout=300,name=mine,keepAlive=7");

        Assert.Equal((300, "mine", 7), (options.AsyncTimeout, options.ClientName, options.KeepAlive));
    }

    private static ConfigurationOptions Parse(string text)
    {
        Assert.True(ConnectionText.TryParse(text, out var options));
        return options;
    }
}
