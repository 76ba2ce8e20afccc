using CsCheck;
using FastEnrich.Redis.Tests.Fakes;
using FastEnrich.Redis.Writing;

namespace FastEnrich.Redis.Tests.Writing;

public sealed class WriteTicketTests
{
    [Fact]
    public void TryParse_WhatWasFormatted_IsTheSame() => Gen.Select(Slots.WellFormed, Gen.Long, Gen.Long).Sample((token, epoch, readAt) =>
        WriteTicket.TryParse(new WriteTicket(token, epoch, readAt).ToString(), out var ticket) && ticket == new WriteTicket(token, epoch, readAt));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1:2")]
    [InlineData(":2:t")]
    [InlineData("1::t")]
    [InlineData("a:2:t")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(WriteTicket.TryParse(text, out _));
}
