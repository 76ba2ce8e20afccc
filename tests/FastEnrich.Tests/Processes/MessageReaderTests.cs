using System.Text;
using CsCheck;
using FastEnrich.Processes;

namespace FastEnrich.Tests.Processes;

public sealed class MessageReaderTests
{
    [Fact]
    public void Read_Found_HoldsTheEnrichmentAndWhatIsBesideIt()
    {
        var message = Read("""
            {"id":7,"status":"found","enrichment":{"demographics":{"city":"Lisbon"},"contextual_data":{"score":1.50},"confidence":0.5,"ttl":60000000000},
             "identities":{"email":"a@example.com"},"validator":"v1","type":"result","later":{"x":[1]}}
            """);

        var result = Assert.Single(message.Results).Result;
        Assert.Equal((MessageType.Result, 7L, EnrichmentResultKind.Found), (message.Type, message.Id, result.Kind));
        Assert.Equal(("Lisbon", "1.50", TimeSpan.FromMinutes(1)), (result.Enrichment!.Demographics!.City, result.Enrichment.ContextualData!["score"].GetRawText(), result.Enrichment.Ttl));
        Assert.Equal(("a@example.com", "v1"), (result.Identities!["email"], result.Validator));
    }

    [Theory]
    [InlineData("""{"type":"result","id":1,"status":"not_found","ttl":1000000000}""", EnrichmentResultKind.NotFound, 1.0)]
    [InlineData("""{"type":"result","id":1,"status":"not_found"}""", EnrichmentResultKind.NotFound, null)]
    [InlineData("""{"type":"result","id":1,"status":"not_modified"}""", EnrichmentResultKind.NotModified, null)]
    public void Read_OtherResults_HoldTheirTtl(string json, EnrichmentResultKind kind, double? seconds)
    {
        var result = Assert.Single(Read(json).Results).Result;

        Assert.Equal((kind, seconds), (result.Kind, result.Ttl?.TotalSeconds));
    }

    [Fact]
    public void Read_Error_HoldsItsCodeAndPatienceAndOneLineOfText()
    {
        var result = Assert.Single(Read("""{"type":"result","id":1,"status":"error","error":{"code":"RATE_LIMIT_ERROR","retryable":false,"retry_after":2000000000,"message":"a\nb\u0000"}}""").Results);

        Assert.Equal(new ProcessFailure(PluginErrorCode.RateLimitError, "a b ", false), result.Failure);
        Assert.Equal(TimeSpan.FromSeconds(2), result.RetryAfter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"type":"pong"}""")]
    [InlineData("""{"type":"pong","id":0}""")]
    [InlineData("""{"type":"pong","id":-1}""")]
    [InlineData("""{"type":"pong","id":1.5}""")]
    [InlineData("""{"type":"pong","id":"1"}""")]
    [InlineData("""{"type":"pong","id":99999999999999999999}""")]
    [InlineData("""{"type":"pong","id":1,"id":2}""")]
    [InlineData("""{"type":"pong","type":"result","id":1}""")]
    [InlineData("""{"type":"enrich","id":1}""")]
    [InlineData("""{"type":7,"id":1}""")]
    [InlineData("""{"type":"health","id":1,"healthy":"yes"}""")]
    [InlineData("""{"type":"health","id":1}""")]
    [InlineData("""{"type":"batch_result","id":1,"results":{}}""")]
    [InlineData("""{"type":"batch_result","id":1,"results":[1]}""")]
    [InlineData("""{"type":"hello","protocol":1,"version":"1.0.0"}""")]
    [InlineData("""{"type":"hello","name":"crm","version":"1.0.0"}""")]
    [InlineData("""{"type":"hello","protocol":1,"name":"crm","version":"1.0.0 <b>"}""")]
    [InlineData("""{"type":"hello","protocol":1,"name":"crm","version":"1","needs":["a b"]}""")]
    [InlineData("""{"type":"pong","id":1}x""")]
    public void Read_NoMessage_IsRefusedWithoutQuotingIt(string json) =>
        Assert.Equal("sent a frame that is no message", Assert.Throws<ProtocolException>(() => Read(json)).Message);

    [Theory]
    [InlineData("""{"status":"found"}""")]
    [InlineData("""{"status":"found","enrichment":null}""")]
    [InlineData("""{"status":"found","enrichment":[]}""")]
    [InlineData("""{"status":"found","enrichment":{"confidence":"high"}}""")]
    [InlineData("""{"status":"found","enrichment":{"ttl":1.5}}""")]
    [InlineData("""{"status":"found","enrichment":{"ttl":99999999999999999999}}""")]
    [InlineData("""{"status":"found","enrichment":{},"identities":[]}""")]
    [InlineData("""{"status":"found","enrichment":{},"identities":{"a":1}}""")]
    [InlineData("""{"status":"found","enrichment":{},"enrichment":{}}""")]
    [InlineData("""{"status":"not_found","ttl":-1000}""")]
    [InlineData("""{"status":"not_found","ttl":1e3}""")]
    [InlineData("""{"status":"not_found","ttl":9223372036854775807}""")]
    [InlineData("""{"status":"error"}""")]
    [InlineData("""{"status":"error","error":{"code":"OUCH"}}""")]
    [InlineData("""{"status":"error","error":{"message":"no code"}}""")]
    [InlineData("""{"status":"error","error":{"code":"TIMEOUT_ERROR","retryable":1}}""")]
    [InlineData("""{"status":"maybe"}""")]
    [InlineData("{}")]
    public void Read_ResultThatCannotBeUsed_FailsItsUserAlone(string result)
    {
        var message = Read($$"""{"type":"batch_result","id":1,"results":[{"status":"not_found"},{{result}}]}""");

        Assert.Equal([null, PluginErrorCode.InvalidResponse], message.Results.Select(one => one.Failure?.Code));
    }

    [Fact]
    public void Read_NestedBeyondTheLimit_IsRefused()
    {
        string Nested(int depth) => $$$"""{"type":"result","id":1,"status":"found","enrichment":{"confidence":1,"contextual_data":{"a":{{{new string('[', depth)}}}{{{new string(']', depth)}}} } } }""";

        Assert.Equal(EnrichmentResultKind.Found, Assert.Single(Read(Nested(64)).Results).Result.Kind);
        Assert.Throws<ProtocolException>(() => Read(Nested(100)));
        Assert.Throws<ProtocolException>(() => Read(Nested(100_000)));
    }

    [Fact]
    public void Read_TextThatIsNoUtf8_FailsItsUser()
    {
        byte[] json = [.. """{"type":"result","id":1,"status":"found","enrichment":{"confidence":1,"interests":["""u8, (byte)'"', 0xff, (byte)'"', .. "]}}"u8];

        Assert.Equal(PluginErrorCode.InvalidResponse, Assert.Single(MessageReader.Read(json).Results).Failure!.Code);
    }

    [Fact]
    public void Read_Garbage_ThrowsNothingButTheProtocolException()
    {
        string[] words = ["{", "}", "[", "]", ":", ",", "\"type\"", "\"id\"", "\"result\"", "\"results\"", "\"status\"", "\"error\"", "\"enrichment\"", "\"found\"", "\"hello\"", "1", "-1", "1e9", "null", "true", "\"\\ud800\"", "\""];
        var pieces = Gen.Int[0, words.Length - 1].Select(i => words[i]);
        var noise = Gen.Byte.Array[0, 60];
        Gen.OneOf(noise, pieces.Array[0, 30].Select(all => Encoding.UTF8.GetBytes(string.Concat(all)))).Sample(json =>
        {
            try
            {
                MessageReader.Read(json);
            }
            catch (ProtocolException)
            {
                // The one way to refuse.
            }
        }, iter: 20_000);
    }

    [Fact]
    public void Read_GoodMessageWithOneByteChanged_ThrowsNothingButTheProtocolException()
    {
        var good = Encoding.UTF8.GetBytes("""{"type":"result","id":7,"status":"found","enrichment":{"demographics":{"age":5},"interests":["a\u00e9"],"confidence":0.5,"ttl":1},"identities":{"email":"a"}}""");
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            byte[] json = [.. good];
            json[at] = value;
            try
            {
                MessageReader.Read(json);
            }
            catch (ProtocolException)
            {
                // The one way to refuse.
            }
        }, iter: 20_000);
    }

    private static ChildMessage Read(string json) => MessageReader.Read(Encoding.UTF8.GetBytes(json));
}
