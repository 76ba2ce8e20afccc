using FastEnrich.Generators.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FastEnrich.Generators.Tests.CodeFixes;

internal static class FixCases
{
    public static readonly FixCase[] All =
    [
        .. Names(),
        .. Versions(),
        .. Partials(),
        .. Required(),
        .. RequiredOrDefault(),
        .. Init(),
        .. ReadOnly(),
        .. Converters(),
        .. Included(),
    ];

    private static IEnumerable<FixCase> Names()
    {
        yield return Name("\"Acme CRM\" /* ours */", "\"acme-crm\" /* ours */");
        yield return Name("\"acmeCrm2Go\"", "\"acme-crm2-go\"");
        yield return Name("\"HTTPServer\"", "\"httpserver\"");
        yield return Name("\"2. Cafe\u0301--X!\"", "\"cafe-x\""); // an accent of its own
        yield return Name("@\"a_b.c\"", "\"a-b-c\"");
        yield return Name($"\"{new string('a', 63)}-bc\"", $"\"{new string('a', 63)}\"");
        yield return Name("\"\"", null);
        yield return Name("\"\u4e2d\u6587\"", null);
        yield return Name("P.Named", null);
        yield return Name("nameof(P)", null);
    }

    private static IEnumerable<FixCase> Versions()
    {
        yield return Version("\"1.0\" /* ours */", "\"1.0.0\" /* ours */");
        yield return Version("\"v2\"", "\"2.0.0\"");
        yield return Version("\"01.00.2-rc.1+b\"", "\"1.0.2-rc.1+b\"");
        yield return Version("\"1.2.3.4\"", null);
        yield return Version("\"1..2\"", null);
        yield return Version("\"one\"", null);
        yield return Version("P.Named", null);
    }

    private static IEnumerable<FixCase> Partials()
    {
        const string Property = "{ [ConfigProperty(Sensitive = true)] public string? A { get; init; } }";
        yield return Option(new PartialCodeFix(), "partial", $"/// <summary>Ours.</summary>\ninternal sealed  record  O {Property}", $"/// <summary>Ours.</summary>\ninternal sealed  partial record  O {Property}");
        yield return Option(new PartialCodeFix(), "partial", $"record class O {Property}", $"partial record class O {Property}");
        yield return new(new PartialCodeFix(), "partial",
            $$"""[EnrichmentPlugin("a")] class P(Out.In.O o) : Base { Out.In.O X => o; } class Out { public partial struct In { public record O {{Property}} } }""",
            $$"""[EnrichmentPlugin("a")] class P(Out.In.O o) : Base { Out.In.O X => o; } partial class Out { public partial struct In { public partial record O {{Property}} } }""");
    }

    private static IEnumerable<FixCase> Required()
    {
        yield return Member(new RequiredCodeFix(), "required", "public  string A { get; init; } // why", "public  required string A { get; init; } // why");
        yield return Member(new RequiredCodeFix(), "required", "public string A { get; set; } = null!; // why", "public required string A { get; set; } // why");
        yield return Member(new RequiredCodeFix(), "required", "internal string A { get; set; }", "internal required string A { get; set; }");
        yield return Member(new RequiredCodeFix(), "required", "public string A { get; private set; }", null);
        yield return Member(new RequiredCodeFix(), "required", "private string A { get; set; }", null);
    }

    private static IEnumerable<FixCase> RequiredOrDefault()
    {
        const string Both = """public required string A { get; init; } = "a"; // why""";
        yield return Member(new RequiredOrDefaultCodeFix(), "initialiser", Both, "public required string A { get; init; } // why");
        yield return Member(new RequiredOrDefaultCodeFix(), "optional", Both, """public string A { get; init; } = "a"; // why""");
        yield return Member(new RequiredOrDefaultCodeFix(), "optional", "public required /* why */ int A { get; init; } = 1;", "public /* why */ int A { get; init; } = 1;");
        yield return Member(new RequiredOrDefaultCodeFix(), "initialiser", "public required int A\n    {\n        get;\n        init;\n    }\n        = 1;", "public required int A\n    {\n        get;\n        init;\n    }");
        yield return Member(new RequiredOrDefaultCodeFix(), "optional", "required\n    public int A { get; init; } = 1;", "public int A { get; init; } = 1;");
    }

    private static IEnumerable<FixCase> Init()
    {
        yield return Member(new InitCodeFix(), "init", "public int A { get; } = 1; // why", "public int A { get; init; } = 1; // why");
        yield return Member(new InitCodeFix(), "init", "public int A\n    {\n        get; // why\n    }", "public int A\n    {\n        get; init; // why\n    }");
        yield return Member(new InitCodeFix(), "init", "public int A => 1;", null);
        yield return Option(new InitCodeFix(), "init", "class B { public virtual int A => 1; } sealed class O : B { [ConfigProperty] public override int A { get; } }", null);
        yield return Member(new InitCodeFix(), "init", "public int A { get { return 1; } }", null);
        yield return Member(new InitCodeFix(), "init", "public static int A { get; } = 1;", null);
    }

    private static IEnumerable<FixCase> ReadOnly()
    {
        yield return Static("private static  int s_a = 1; /* why */", "private static  readonly int s_a = 1; /* why */");
        yield return Static("static string? S { get; set; } = null;", "static string? S { get; } = null;");
        yield return Static("static int s_a; static P() => s_a = 2;", "static readonly int s_a; static P() => s_a = 2;");
        yield return Static("static List<int> s_a = []; static void M() => s_a.Add(1);", "static readonly List<int> s_a = []; static void M() => s_a.Add(1);");
        yield return Static("static int s_a; static void M() => s_a++;", null);
        yield return Static("static int s_a; static void M() => Interlocked.Increment(ref s_a);", null);
        yield return Static("internal static int S { get; set; } class Q { static void M() => S = 1; }", null);
        yield return Static("static int s_a, s_b = 1;", null);
        yield return Static("static volatile int s_a;", null);
        yield return Static("[ThreadStatic] static object? s_a;", null);
        yield return Static("static SpinLock s_a;", null);
    }

    private static IEnumerable<FixCase> Converters()
    {
        yield return Payload(new EnumConverterCodeFix(), "generic",
            "[JsonConverter(typeof(JsonStringEnumConverter))] public DayOfWeek? A { get; set; }", "[JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] public DayOfWeek? A { get; set; }");
        yield return Payload(new EnumConverterCodeFix(), "generic",
            "public Kind A { get; set; } [JsonConverter(typeof(JsonStringEnumConverter))] public enum Kind { One }", "public Kind A { get; set; } [JsonConverter(typeof(JsonStringEnumConverter<Kind>))] public enum Kind { One }");
        yield return new(new EnumConverterCodeFix(), "generic",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; record X([property: Obsolete, JsonConverter( typeof(System.Text.Json.Serialization.JsonStringEnumConverter) )] DayOfWeek A);""",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; record X([property: Obsolete, JsonConverter( typeof(System.Text.Json.Serialization.JsonStringEnumConverter<DayOfWeek>) )] DayOfWeek A);""");
        yield return Payload(new EnumConverterCodeFix(), "generic", "[JsonConverter(typeof(JsonStringEnumConverter<ConsoleKey>))] public DayOfWeek A { get; set; }", null);
        yield return Payload(new EnumConverterCodeFix(), "generic", "[JsonConverter(typeof(JsonStringEnumConverter))] public int A { get; set; }", null);
    }

    private static IEnumerable<FixCase> Included()
    {
        yield return Payload(new IncludeCodeFix(), "internal", "[JsonInclude] private int A { get; set; }", "[JsonInclude] internal int A { get; set; }");
        yield return Payload(new IncludeCodeFix(), "internal", "[JsonInclude] protected int A;", "[JsonInclude] internal int A;");
        yield return Payload(new IncludeCodeFix(), "internal", "[JsonInclude] /* ours */ int A { get; set; }", "[JsonInclude] /* ours */ internal int A { get; set; }");
        yield return Payload(new IncludeCodeFix(), "internal", "[JsonInclude]\n    required  int A { get; init; }", "[JsonInclude]\n    internal required  int A { get; init; }");
        yield return Payload(new IncludeCodeFix(), "internal", "[JsonInclude]\n    volatile int _a;", "[JsonInclude]\n    internal volatile int _a;");
        yield return Payload(new IncludeCodeFix(), "internal", "[JsonInclude] private protected int A;", null);
        yield return Payload(new IncludeCodeFix(), "internal", "[JsonInclude] protected virtual int A { get; set; }", null);
        yield return Payload(new IncludeCodeFix(), "internal", "[JsonInclude] public int A { private get; set; }", null);
    }

    private static FixCase Name(string before, string? after) => new(new PluginNameCodeFix(), "kebab-case",
        $$"""[EnrichmentPlugin( {{before}})] class P : Base { public const string Named = "A"; }""",
        after is null ? null : $$"""[EnrichmentPlugin( {{after}})] class P : Base { public const string Named = "A"; }""");

    private static FixCase Version(string before, string? after) => new(new VersionCodeFix(), "complete",
        $$"""[EnrichmentPlugin("a", Version = {{before}})] class P : Base { public const string Named = "A"; }""",
        after is null ? null : $$"""[EnrichmentPlugin("a", Version = {{after}})] class P : Base { public const string Named = "A"; }""");

    private static FixCase Option(CodeFixProvider provider, string key, string before, string? after)
    {
        const string Plugin = """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; }""" + "\n";
        return new(provider, key, Plugin + before, after is null ? null : Plugin + after);
    }

    private static FixCase Member(CodeFixProvider provider, string key, string before, string? after) =>
        Option(provider, key, $"sealed class O\n{{\n    [ConfigProperty]\n    {before}\n}}\n", after is null ? null : $"sealed class O\n{{\n    [ConfigProperty]\n    {after}\n}}\n");

    private static FixCase Static(string before, string? after) => new(new ReadOnlyCodeFix(), "readonly",
        $$"""[EnrichmentPlugin("a")] class P : Base { {{before}} }""", after is null ? null : $$"""[EnrichmentPlugin("a")] class P : Base { {{after}} }""");

    private static FixCase Payload(CodeFixProvider provider, string key, string before, string? after)
    {
        const string Plugin = """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; """;
        return new(provider, key, $$"""{{Plugin}}class X { {{before}} }""", after is null ? null : $$"""{{Plugin}}class X { {{after}} }""");
    }
}
