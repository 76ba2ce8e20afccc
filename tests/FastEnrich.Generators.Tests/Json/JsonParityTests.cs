using System.Text.Json;
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
        "Child":{"id":"8"},"ReadOnly":1,"PrivatelySet":"ignored","Unknown":{"deep":[[]]}}
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

    private static SamplePayload Read(string json) => JsonSerializer.Deserialize(json, SamplePluginJsonContext.Default.SamplePayload)!;

    private static string Write(SamplePayload payload) => JsonSerializer.Serialize(payload, SamplePluginJsonContext.Default.SamplePayload);
}
