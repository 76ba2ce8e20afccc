using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Json;

public sealed class JsonParityTests
{
    private const string Full =
        """
        {"id":"7","Name":"n","Inherited":"i","First":3,"Default":"d","Tags":["a",null],"Items":[{"Number":1},{"Number":2,"Text":null}],"Array":[{"Number":9}],
        "Properties":{"a":1,"b":null,"c":{"d":[true]}},"ByName":{"x":{"Number":4}},"Color":1,"Size":"very_large","MaybeSize":"Small","ColorText":"DarkBlue","MaybeColorText":"Red",
        "Elapsed":1.5,"MaybeElapsed":2,"Ignored":"no","WhenNull":"w","WhenDefault":5,"Lenient":"12",
        "Scalars":{"Bool":true,"Byte":1,"SByte":-1,"Short":-2,"UShort":2,"UInt":3,"Long":-4,"ULong":4,"Huge":12345678901234567890,"Half":0.5,"Float":1.25,"Double":1e300,"Decimal":1.10,"Char":"x",
        "Bytes":"AQI=","DateTime":"2026-01-02T03:04:05Z","Offset":"2026-01-02T03:04:05+02:00","Date":"2026-01-02","Time":"03:04:05","Span":"00:01:00","Guid":"3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "Uri":"https://example.com/a?b=c","Element":{"z":[1,"\u00e9"]},"Nullable":null},
        "Positional":{"Name":"p","Needed":"x"},"Point":{"X":1,"Y":2},"MaybePoint":{"Y":3},"Page":{"Results":[{"Number":5}],"After":"n"},"Set":[3,1,3],
        "Child":{"id":"8"},"ReadOnly":1,"PrivatelySet":"ignored","Field":8,"Internal":"in","Unseen":6,"Unknown":{"deep":[[]]},"Rest":1}
        """;

    [Fact]
    public void Write_FullPayload_EqualsSystemTextJson()
    {
        var payload = Read(Full);

        Assert.Equal(JsonSerializer.Serialize(payload, ReferenceContext.Default.SamplePayload), Write(payload));
    }

    [Fact]
    public void Read_FullPayload_ReadsWhatSystemTextJsonReads()
    {
        var reference = JsonSerializer.Deserialize(Full, ReferenceContext.Default.SamplePayload)!;
        var ours = Read(Full);

        // System.Text.Json's generator loses initialisers of absent init-only members; ours keeps them (see Read_AbsentMembers_KeepsInitialisers).
        var expected = JsonSerializer.SerializeToElement(reference, ReferenceContext.Default.SamplePayload);
        var actual = JsonSerializer.SerializeToElement(ours, SamplePluginJsonContext.Default.SamplePayload);
        Assert.Equal(Present(expected), Present(actual));
        static string[] Present(JsonElement root) => [.. root.EnumerateObject().Where(p => p.Name is not ("Items" or "Array" or "ByName" or "Page" or "Child" or "Positional")).Select(p => p.ToString())];
    }

    [Fact]
    public void Read_AbsentMembers_KeepsInitialisers()
    {
        var payload = Read("""{"id":"1","Positional":{"Name":"p","Needed":"n"}}""");

        Assert.Equal("kept", payload.Default);
        Assert.Equal(["default"], payload.Tags);
        Assert.Equal("base", payload.Inherited);
        Assert.Equal(("extra", 5, SampleSize.Large), (payload.Positional!.Extra, payload.Positional.Age, payload.Positional.Size));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"ID":"1"}""")]
    [InlineData("""{"\u0069d":"escaped"}""")]
    [InlineData("""{"id":"1","id":"2"}""")]
    [InlineData("""{"id":"1","Color":"Red"}""")]
    [InlineData("""{"id":"1","ColorText":"Green"}""")]
    [InlineData("""{"id":"1","MaybeColorText":null}""")]
    [InlineData("""{"id":"1","Size":0}""")]
    [InlineData("""{"id":"1","Size":"Large"}""")]
    [InlineData("""{"id":"1","MaybeElapsed":null}""")]
    [InlineData("""{"id":"1","Lenient":"x"}""")]
    [InlineData("""{"id":"1","First":"3"}""")]
    [InlineData("""{"id":"1","First":1.0}""")]
    [InlineData("""{"id":"1","First":9999999999}""")]
    [InlineData("""{"id":"1","Tags":{}}""")]
    [InlineData("""{"id":"1","Tags":[1]}""")]
    [InlineData("""{"id":"1","Items":[{}]}""")]
    [InlineData("""{"id":"1","Array":[null]}""")]
    [InlineData("""{"id":"1","Properties":[]}""")]
    [InlineData("""{"id":"1","Positional":{"Name":"n"}}""")]
    [InlineData("""{"id":"1","Positional":{"Needed":"n","Extra":"e"}}""")]
    [InlineData("""{"id":"1","Positional":{"Name":"n","Needed":"n","Age":7,"Size":"Small","Extra":"e"}}""")]
    [InlineData("""{"id":"1","Point":null}""")]
    [InlineData("""{"id":"1","MaybePoint":null}""")]
    [InlineData("""{"id":"1","Point":{"X":1,"Y":-2}}""")]
    [InlineData("""{"id":"1","Scalars":null}""")]
    [InlineData("""{"id":"1","Scalars":{"Char":"xy"}}""")]
    [InlineData("""{"id":"1","Scalars":{"Bytes":"?"}}""")]
    [InlineData("""{"id":"1","Scalars":{"Byte":256}}""")]
    [InlineData("""{"id":"1","Child":{"id":"2","Child":{"id":"3"}}}""")]
    [InlineData("""{"id":"1","Child":{}}""")]
    [InlineData("""{"id":"1",}""")]
    [InlineData("""{"id":"1"} x""")]
    [InlineData("""{"id":"1","Uri":"http://[bad"}""")]
    [InlineData("""{"id":"1","Field":"x"}""")]
    [InlineData("""{"id":"1","a":1,"a":2,"Rest":{"b":3}}""")]
    [InlineData("""{"id":"1","Page":{"First":{"Number":6,"Text":"t"},"Total":4}}""")]
    [InlineData("""{"id":"1","Page":{"First":{}}}""")]
    public void Read_AnyInput_AcceptsAndRefusesAsSystemTextJson(string json)
    {
        var expected = Outcome(json, ReferenceContext.Default.SamplePayload);
        var actual = Outcome(json, SamplePluginJsonContext.Default.SamplePayload);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(Full);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(bytes.AsSpan(0, length), SamplePluginJsonContext.Default.SamplePayload));
        }
    }

    [Fact]
    public async Task ReadAsync_OneByteAtATime_ReadsTheSame()
    {
        await using var stream = new TricklingStream(Encoding.UTF8.GetBytes(Full));

        var payload = await JsonSerializer.DeserializeAsync(stream, SamplePluginJsonContext.Default.SamplePayload);

        Assert.Equal(Write(Read(Full)), Write(payload!));
    }

    [Fact]
    public void Write_NamingPolicy_NamesAsSystemTextJson()
    {
        var payload = new SnakePayload { FirstName = "f" };

        var json = JsonSerializer.Serialize(payload, SecondPluginJsonContext.Default.SnakePayload);

        Assert.Equal(JsonSerializer.Serialize(payload, SnakeReferenceContext.Default.SnakePayload), json);
        Assert.Equal("""{"first_name":"f","http_status":200}""", json);
    }

    [Fact]
    public void Read_IncludedMemberWithPrivateSetter_IsSet()
    {
        var payload = JsonSerializer.Deserialize("""{"Id":"7","Fixed":9}""", SamplePluginJsonContext.Default.IncludedPayload)!;

        Assert.Equal(("7", 4), (payload.Id, payload.Fixed));
        Assert.Equal("none", JsonSerializer.Deserialize("{}", SamplePluginJsonContext.Default.IncludedPayload)!.Id);
    }

    [Fact]
    public void Read_InitOnlyMemberOfGenericType_IsSet()
    {
        var page = JsonSerializer.Deserialize("""{"First":{"Number":6},"Total":4}""", SamplePluginJsonContext.Default.SamplePageSampleItem)!;

        Assert.Equal((6, 4), (page.First!.Number, page.Total));
    }

    [Fact]
    public void Read_UnknownMembers_AreExtensionData()
    {
        var payload = Read("""{"id":"1","b":[1],"a":2}""");

        Assert.Equal(["b", "a"], payload.Rest!.Keys);
        Assert.EndsWith(""","b":[1],"a":2}""", Write(payload), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OptionsWithConverter_UsesIt()
    {
        var options = new JsonSerializerOptions { Converters = { new SecondsConverter() }, TypeInfoResolver = new SamplePluginJsonContext() };

        var scalars = JsonSerializer.Deserialize("""{"Span":90}""", (JsonTypeInfo<SampleScalars>)options.GetTypeInfo(typeof(SampleScalars)))!;

        Assert.Equal(TimeSpan.FromSeconds(90), scalars.Span);
    }

    [Fact]
    public void Read_RespectingNullableAnnotations_RefusesNull()
    {
        var options = new JsonSerializerOptions { RespectNullableAnnotations = true, TypeInfoResolver = new SamplePluginJsonContext() };

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"id":null}""", (JsonTypeInfo<SamplePayload>)options.GetTypeInfo(typeof(SamplePayload))));
    }

    /// <summary>What came of reading: the members that were given as they are written again, or the kind of failure and its place.</summary>
    private static string Outcome(string json, JsonTypeInfo<SamplePayload> info)
    {
        try
        {
            var payload = JsonSerializer.Deserialize(json, info);
            using var given = JsonDocument.Parse(json);
            return payload is null ? "null" : string.Join(',', JsonSerializer.SerializeToElement(payload, info).EnumerateObject().Where(p => given.RootElement.TryGetProperty(p.Name, out _) && p.Name != "Child"));
        }
        catch (JsonException e)
        {
            return $"refused at {e.Path}"; // not the byte: an object read through a constructor is read one token ahead
        }
    }

    private static SamplePayload Read(string json) => JsonSerializer.Deserialize(json, SamplePluginJsonContext.Default.SamplePayload)!;

    private static string Write(SamplePayload payload) => JsonSerializer.Serialize(payload, SamplePluginJsonContext.Default.SamplePayload);
}
