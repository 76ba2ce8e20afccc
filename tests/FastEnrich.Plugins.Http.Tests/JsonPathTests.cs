using System.Text;
using System.Text.Json;
using CsCheck;
using FastEnrich.Plugins.Http.Paths;

namespace FastEnrich.Plugins.Http.Tests;

public sealed class JsonPathTests
{
    private const string Answer = """{"a":{"b":[{"c d":[{"e":1},{"e":2}]},{"c d":[{"e":3}]}],"it's":"x","\"q\"":"y","n":null},"list":[10,20],"dup":1,"dup":2,"x-y_z":true}""";

    [Theory]
    [InlineData("$.a.b[0]['c d'][*].e", "1,2")]
    [InlineData("$.a.b[*]['c d'][*].e", "1,2,3")]
    [InlineData("$.a.b[*]['c d'][0].e", "1,3")]
    [InlineData("$['list'][1]", "20")]
    [InlineData("$[\"list\"][*]", "10,20")]
    [InlineData("$.a[\"it's\"]", "\"x\"")]
    [InlineData("$.a['\"q\"']", "\"y\"")]
    [InlineData("$.x-y_z", "true")]
    [InlineData("$.dup", "2")]
    [InlineData("$.a.n", "null")]
    [InlineData("$.list[2]", "")]
    [InlineData("$.list.length", "")]
    [InlineData("$.a[0]", "")]
    [InlineData("$.missing.b", "")]
    public void Select_Path_BringsWhatStandsThere(string path, string values) =>
        Assert.Equal(values, string.Join(',', JsonPath.Parse(path)!.Select(Json(Answer)).Select(value => value.GetRawText())));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("$.")]
    [InlineData("$..a")]
    [InlineData("$[-1]")]
    [InlineData("$[1:2]")]
    [InlineData("$[?(@.a)]")]
    [InlineData("$['a")]
    [InlineData("$['']")]
    [InlineData("$[a]")]
    [InlineData("$.a b")]
    [InlineData("$.1a")]
    [InlineData("$.a\n")]
    [InlineData("$[9999999]")]
    [InlineData("$.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a")]
    public void Parse_OtherText_IsNone(string path) => Assert.Null(JsonPath.Parse(path));

    [Fact]
    public void First_NullBeforeAValue_IsTheValue() =>
        Assert.Equal("2", JsonPath.Parse("$[*].v")!.First(Json("""[{"v":null},{},{"v":2},{"v":3}]""")).GetRawText());

    [Fact]
    public void Select_HugeAnswer_IsCutOff()
    {
        var many = Json($"[{string.Join(',', Enumerable.Repeat("[1,2,3,4,5,6,7,8,9,10]", 50_000))}]");

        Assert.Equal(1000, JsonPath.Parse("$[*][*]")!.Select(many).Count());
        Assert.Empty(JsonPath.Parse("$[*].late")!.Select(Json($"[{string.Concat(Enumerable.Repeat("{},", 30_000))}{{\"late\":1}}]")));
        Assert.Single(JsonPath.Parse("$[*].late")!.Select(Json($"[{string.Concat(Enumerable.Repeat("{},", 10_000))}{{\"late\":1}}]")));
    }

    [Fact]
    public void Select_NameThatIsNoUnicode_HidesNothing() =>
        Assert.Equal("1", JsonPath.Parse("$.a")!.First(Json("""{"a":1,"\ud800":2}""")).GetRawText());

    [Fact]
    public void Select_NamesOfAnyKind_AreFoundWhereTheyStand() => Gen.Select(Name(), Name(), Gen.Int[0, 3]).Sample(
        (outer, inner, index) =>
        {
            var items = string.Join(',', Enumerable.Range(0, 4).Select(number => $$"""{"other":0,{{Text(inner)}}:{{number}}}"""));
            var answer = Json($$"""{{{Text(outer)}}:[{{items}}]}""");

            Assert.Equal(index, JsonPath.Parse($"$['{outer}'][{index}]['{inner}']")!.First(answer).GetInt32());
            Assert.Equal([0, 1, 2, 3], JsonPath.Parse($"$[\"{outer}\"][*]['{inner}']")!.Select(answer).Select(value => value.GetInt32()));
        },
        iter: 2000);

    [Fact]
    public void Parse_AnyText_NeverThrows() =>
        Gen.String[Gen.Char["$.[]*'\"ab01-_ \\\n"], 0, 30].Sample(
            text =>
            {
                var path = JsonPath.Parse("$" + text);
                Assert.True(path is null || path.Select(Json(Answer)).Count() >= 0);
            },
            iter: 20_000);

    private static Gen<string> Name() => Gen.String[Gen.Char["abc.[]*$ {}é/\\-01\t"], 1, 20].Where(name => name != "other");

    private static string Text(string name) => $"\"{JsonEncodedText.Encode(name)}\"";

    private static JsonElement Json(string text) => JsonElement.Parse(Encoding.UTF8.GetBytes(text));
}
