using FastEnrich.Generators.CodeFixes;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Tests.CodeFixes;

public sealed class JsonContextFixTests
{
    private const string ConverterOfObjects =
        """
        internal class C : JsonConverter<object>
        {
            public override bool CanConvert(Type t) => t == typeof(Y);
            public override object Read(ref Utf8JsonReader r, Type t, JsonSerializerOptions o) => new Y();
            public override void Write(Utf8JsonWriter w, object v, JsonSerializerOptions o) => w.WriteStringValue(v.ToString());
        }
        """;

    [Fact]
    public async Task Apply_MemberInAnotherFile_DeclaresTheContextAtThePlugin()
    {
        await AssertFixedAsync(
            [
                """
                namespace Acme;

                /// <summary>Ours.</summary>
                [EnrichmentPlugin("a"), JsonPayload( typeof(Contact) /* the answer */)]
                sealed class P : Base
                {
                    static Contact? Read(string text) => JsonSerializer.Deserialize(text, PJsonContext.Default.Contact); // kept
                }

                sealed class Last;
                """,
                """
                namespace Acme;

                public sealed record Contact
                {
                    public List<Part>? Parts { get; init; }
                }

                public sealed record Part(string Name)
                {
                    public object? Extra { get; init; }
                }
                """,
            ],
            [
                """
                namespace Acme;

                /// <summary>Ours.</summary>
                [EnrichmentPlugin("a"), JsonPayload( typeof(Contact), Context = typeof(ContactJsonContext) /* the answer */)]
                sealed class P : Base
                {
                    static Contact? Read(string text) => JsonSerializer.Deserialize(text, ContactJsonContext.Default.Contact); // kept
                }

                [JsonSerializable(typeof(Contact))]
                internal sealed partial class ContactJsonContext : JsonSerializerContext;

                sealed class Last;
                """,
                null,
            ]);
    }

    [Fact]
    public async Task Apply_NestedPluginWithNamingPolicy_MovesThePolicyAndFindsTheType()
    {
        await AssertFixedAsync(
            [
                """
                namespace Acme
                {
                    class Outer
                    {
                        [EnrichmentPlugin("a")]
                        [JsonPayload(typeof(X[]), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
                        [JsonPayload(typeof(int), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
                        internal class P : Base
                        {
                            static object Info => Acme.Outer_PJsonContext.Default.XArray;
                            static object Other => Outer_PJsonContext.Default.Int32;
                        }

                        internal class X { public SortedDictionary<string, int>? A { get; set; } }
                    }
                }
                """,
            ],
            [
                """
                namespace Acme
                {
                    class Outer
                    {
                        [EnrichmentPlugin("a")]
                        [JsonPayload(typeof(X[]), Context = typeof(XArrayJsonContext))]
                        [JsonPayload(typeof(int), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
                        internal class P : Base
                        {
                            static object Info => Acme.XArrayJsonContext.Default.XArray;
                            static object Other => Outer_PJsonContext.Default.Int32;
                        }

                        internal class X { public SortedDictionary<string, int>? A { get; set; } }
                    }

                    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
                    [JsonSerializable(typeof(Outer.X[]))]
                    internal sealed partial class XArrayJsonContext : JsonSerializerContext;
                }
                """,
            ]);
    }

    [Fact]
    public async Task Apply_TwoPluginsWithOnePayload_DeclaresOneContextWithAFreeName()
    {
        await AssertFixedAsync(
            [
                """
                [EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base;
                [EnrichmentPlugin("b"), JsonPayload(typeof(X)), JsonPayload(typeof(string))] class Q : Base;
                class X { public object? A { get; set; } }
                class XJsonContext;
                """,
            ],
            [
                """
                [EnrichmentPlugin("a"), JsonPayload(typeof(X), Context = typeof(XJsonContext2))] class P : Base;

                [JsonSerializable(typeof(X))]
                internal sealed partial class XJsonContext2 : JsonSerializerContext;
                [EnrichmentPlugin("b"), JsonPayload(typeof(X), Context = typeof(XJsonContext2)), JsonPayload(typeof(string))] class Q : Base;
                class X { public object? A { get; set; } }
                class XJsonContext;
                """,
            ]);
    }

    [Theory]
    [InlineData("[JsonExtensionData] public Dictionary<string, object>? A { get; set; }")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public DayOfWeek A { get; set; }")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public DayOfWeek? A { get; set; }")]
    [InlineData("public Y? A { get; set; } [JsonConverter(typeof(C))] internal class Y; " + ConverterOfObjects)]
    [InlineData("public Y? A { get; set; } [JsonDerivedType(typeof(Z), 1)] public class Y; public class Z : Y;")]
    [InlineData("public IDisposable? A { get; set; }")]
    public async Task Apply_MistakeOfAPayload_LeavesNone(string member)
    {
        const string Plugin = """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base;""";
        const string Named = """[EnrichmentPlugin("a"), JsonPayload(typeof(X), Context = typeof(XJsonContext))] class P : Base;""";
        const string Context = "[JsonSerializable(typeof(X))]\ninternal sealed partial class XJsonContext : JsonSerializerContext;";

        await AssertFixedAsync([$"{Plugin}\nclass X {{ {member} }}"], [$"{Named}\n\n{Context}\nclass X {{ {member} }}"]);
    }

    [Fact]
    public async Task Apply_MistakeAtTheAttribute_ChangesThatPayloadAlone()
    {
        await AssertFixedAsync(
            ["[EnrichmentPlugin(\"a\"), JsonPayload(typeof(Stack<object>)), JsonPayload(typeof(int))] class P : Base;\r\nclass Last;"],
            ["[EnrichmentPlugin(\"a\"), JsonPayload(typeof(Stack<object>), Context = typeof(StackObjectJsonContext)), JsonPayload(typeof(int))] class P : Base;\r\n\r\n[JsonSerializable(typeof(Stack<object>))]\r\ninternal sealed partial class StackObjectJsonContext : JsonSerializerContext;\r\nclass Last;"]);
    }

    [Theory]
    [InlineData("class X { public Action? A { get; set; } }")] // System.Text.Json's generator covers no delegates either
    [InlineData("class X { public Y? A { get; set; } class Y; }")] // nor what it cannot reach
    [InlineData("class X(int a) { public X(string b) : this(b.Length) { } public int A => a; }")] // nor a type without a constructor to choose
    [InlineData("class X(int b) { public int A => b; }")] // nor a parameter without its property
    public async Task Register_NoContextWouldHelp_OffersNone(string payload)
    {
        using var project = new FixedProject($"""[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; {payload}""");
        var diagnostic = Assert.Single(await project.DiagnosticsAsync());

        Assert.Equal("FE3001", diagnostic.Id);
        Assert.Empty(await project.OffersAsync(new JsonContextCodeFix(), diagnostic));
    }

    [Theory]
    [InlineData("[JsonConverter(null!)] public int A { get; set; }", "SYSLIB1220")]
    [InlineData("[JsonConverter(typeof(string))] public int A { get; set; }", "SYSLIB1220")]
    [InlineData("[JsonConverter(typeof(C))] public int A { get; set; } private class C : JsonConverter<int> { @ }", "SYSLIB1220")]
    [InlineData("[JsonConverter(typeof(C))] public int A { get; set; } internal class C : JsonConverter<int> { private C() { } @ }", "SYSLIB1220")]
    [InlineData("[JsonConverter(typeof(C))] public int A { get; set; } internal class C : JsonConverter<int> { protected C() { } @ }", "SYSLIB1220")]
    [InlineData("[JsonConverter(typeof(C))] public int A { get; set; } internal class C(int d = 0) : JsonConverter<int> { int D => d; @ }", "SYSLIB1220")]
    [InlineData("[JsonConverter(typeof(C<>))] public int A { get; set; } internal class C<T> : JsonConverter<int> { @ }", "SYSLIB1220")]
    [InlineData("[JsonConverter(typeof(C))] public int A { get; set; } internal abstract class C : JsonConverter<int> { public C() { } @ }", "CS0144")]
    [InlineData("[C] public int A { get; set; } internal class CAttribute : JsonConverterAttribute { }", "SYSLIB1223")]
    [InlineData("public Y? A { get; set; } [C] internal class Y; internal class CAttribute() : JsonConverterAttribute(typeof(object));", "SYSLIB1223 SYSLIB1030")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public List<DayOfWeek>? A { get; set; }", "SYSLIB1034")]
    [InlineData("[JsonConverter(typeof(C))] public long A { get; set; } internal class C : JsonConverter<int> { @ }", null)] // it throws: OwnContextTests
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter<ConsoleKey>))] public DayOfWeek A { get; set; }", null)]
    [InlineData("[JsonConverter(typeof(C))] public Uri? A { get; set; } class Y; " + ConverterOfObjects, null)]
    public async Task Register_ConverterThatSystemTextJsonRefusesToo_OffersNoContext(string members, string? complaint)
    {
        const string Body =
            "public override int Read(ref Utf8JsonReader r, Type t, JsonSerializerOptions o) => 0; public override void Write(Utf8JsonWriter w, int v, JsonSerializerOptions o) { }";
        var payload = $"internal class X {{ {members.Replace("@", Body, StringComparison.Ordinal)} }}";
        using var project = new FixedProject($"""[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; {payload}""");
        using var withContext = new FixedProject($"[JsonSerializable(typeof(X))] partial class XContext : JsonSerializerContext; {payload}");

        var diagnostic = Assert.Single(await project.DiagnosticsAsync());

        Assert.Equal("FE3003", diagnostic.Id);
        Assert.DoesNotContain("Context", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(await project.OffersAsync(new JsonContextCodeFix(), diagnostic));
        Assert.Equal(complaint ?? "", string.Join(' ', (await withContext.ComplaintsAsync()).Select(d => d.Id).Distinct()));
    }

    private static async Task AssertFixedAsync(string[] before, string?[] after)
    {
        using var project = new FixedProject(before);
        var fix = new JsonContextCodeFix();
        var diagnostic = Assert.Single(await project.DiagnosticsAsync());

        await project.ApplyAsync(Assert.Single(await project.OffersAsync(fix, diagnostic)));

        Assert.Equal(after.Zip(before, (text, old) => text ?? old), await project.TextsAsync());
        Assert.DoesNotContain(await project.DiagnosticsAsync(), d => d.Severity > DiagnosticSeverity.Info); // what System.Text.Json makes of object is said, and no mistake
        Assert.Empty(await project.ErrorsAsync());
    }
}
