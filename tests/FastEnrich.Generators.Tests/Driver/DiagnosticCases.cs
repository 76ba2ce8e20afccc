namespace FastEnrich.Generators.Tests.Driver;

internal static class DiagnosticCases
{
    private const string Own = """
        class C : JsonSerializerContext
        {
            public C() : base(null) { }
            public static C Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    public static readonly DiagnosticCase[] Plugins =
    [
        new("FE1001", """[EnrichmentPlugin("a")] class [|P|];""", """[EnrichmentPlugin("a")] class P : Base;"""),
        new("FE1002", """[EnrichmentPlugin([|"Acme CRM"|])] class P : Base;""", """[EnrichmentPlugin("acme-crm2")] class P : Base;"""),
        new("FE1002", """[EnrichmentPlugin([|"a-"|])] class P : Base;""", """[EnrichmentPlugin("a-1")] class P : Base;"""),
        new("FE1003", """[EnrichmentPlugin("a")] class P : Base; [EnrichmentPlugin([|"a"|])] class Q : Base;""", """[EnrichmentPlugin("a")] class P : Base; [EnrichmentPlugin("b")] class Q : Base;"""),
        new("FE1004", """[EnrichmentPlugin("a")] abstract class [|P|] : Base;""", """[EnrichmentPlugin("a")] class P : Base;"""),
        new("FE1004", """[EnrichmentPlugin("a")] class [|P|]<T> : Base;""", """[EnrichmentPlugin("a")] class P : Base;"""),
        new("FE1004", """class Outer<T> { [EnrichmentPlugin("a")] public class [|P|] : Base; }""", """class Outer { [EnrichmentPlugin("a")] public class P : Base; }"""),
        new("FE1005", """[EnrichmentPlugin("a")] class P(O o, O [|p|]) : Base { O X => o ?? p; } class O { [ConfigProperty] public int A { get; set; } }""",
            """[EnrichmentPlugin("a")] class P(O o, PluginContext p) : Base { object X => (object)o ?? p; } class O { [ConfigProperty] public int A { get; set; } }"""),
        new("FE1005", """[EnrichmentPlugin("a")] class [|P|] : Base { private P() { } }""", """[EnrichmentPlugin("a")] class P : Base { internal P() { } }"""),
        new("FE1005", """[EnrichmentPlugin("a")] class [|P|] : Base { public P() { } public P(PluginContext c) { } }""", """[EnrichmentPlugin("a")] class P : Base { public P() { } internal P(PluginContext c) { } }"""),
        new("FE1005", """[EnrichmentPlugin("a")] class [|P|] : Base { public required string Name { get; set; } }""", """[EnrichmentPlugin("a")] class P : Base { public string? Name { get; set; } }"""),
        new("FE1006", """class Outer { [EnrichmentPlugin("a")] private class [|P|] : Base; }""", """class Outer { [EnrichmentPlugin("a")] internal class P : Base; }"""),
        new("FE1006", """[EnrichmentPlugin("a")] file class [|P|] : Base;""", """[EnrichmentPlugin("a")] class P : Base;"""),
        new("FE1007", """[EnrichmentPlugin("a")] class P(string [|text|]) : Base { string T => text; }""", """[EnrichmentPlugin("a")] class P(IServiceProvider services) : Base { object T => services; }"""),
        new("FE1007", """[EnrichmentPlugin("a")] class P(int [|count|]) : Base { int T => count; }""", """[EnrichmentPlugin("a")] class P(List<int> service) : Base { object T => service; }"""),
        new("FE1007", """[EnrichmentPlugin("a")] class P : Base { public P(in PluginContext [|context|]) { } }""", """[EnrichmentPlugin("a")] class P : Base { public P(PluginContext context) { } }"""),
        new("FE1011", """[EnrichmentPlugin([|"a"|], Aliases = ["A B"])] class P : Base;""", """[EnrichmentPlugin("a", Aliases = ["a-b", "c"])] class P : Base;"""),
        new("FE1011", """[EnrichmentPlugin([|"a"|], Aliases = ["a"])] class P : Base;""", """[EnrichmentPlugin("a", Aliases = [])] class P : Base;"""),
        new("FE1011", """[EnrichmentPlugin([|"a"|], Aliases = ["b", "b"])] class P : Base;""", """[EnrichmentPlugin("a", Aliases = ["b"])] class P : Base;"""),
        new("FE1012", """[EnrichmentPlugin("a")] class P : Base; [EnrichmentPlugin([|"b"|], Aliases = ["a"])] class Q : Base;""", """[EnrichmentPlugin("a")] class P : Base; [EnrichmentPlugin("b", Aliases = ["c"])] class Q : Base;"""),
        new("FE1012", """[EnrichmentPlugin("a", Aliases = ["c"])] class P : Base; [EnrichmentPlugin([|"b"|], Aliases = ["c"])] class Q : Base;""", """[EnrichmentPlugin("a", Aliases = ["c"])] class P : Base; [EnrichmentPlugin("b", Aliases = ["d"])] class Q : Base;"""),
        new("FE1013", """[EnrichmentPlugin("a", Version = [|"1.0"|])] class P : Base;""", """[EnrichmentPlugin("a", Version = "1.0.0-rc.1+build.5")] class P : Base;"""),
        new("FE1013", """[EnrichmentPlugin("a", MinEngineVersion = [|"v1.0.0"|])] class P : Base;""", """[EnrichmentPlugin("a", MinEngineVersion = "0.1.0", MaxEngineVersion = "2.0.0")] class P : Base;"""),
        new("FE1013", """[EnrichmentPlugin("a", MaxEngineVersion = [|"01.0.0"|])] class P : Base;""", """[EnrichmentPlugin("a", MaxEngineVersion = "10.0.0")] class P : Base;"""),
        new("FE1010", """[EnrichmentPlugin([|"a"|], Aliases = ["c"]), DependsOn("b")] class P : Base; [EnrichmentPlugin("b"), DependsOn("c")] class Q : Base;""",
            """[EnrichmentPlugin("a", Aliases = ["c"]), DependsOn("b")] class P : Base; [EnrichmentPlugin("b"), DependsOn("d")] class Q : Base;"""),
        new("FE1010", """[EnrichmentPlugin([|"a"|]), DependsOn("b")] class P : Base; [EnrichmentPlugin("b"), Needs("email")] class Q : Base; [EnrichmentPlugin("c"), DependsOn("a"), Provides("email")] class R : Base;""",
            """[EnrichmentPlugin("a"), DependsOn("b"), Needs("email"), Provides("email")] class P : Base; [EnrichmentPlugin("b")] class Q : Base;"""),
        new("FE1010", """[EnrichmentPlugin([|"a"|]), DependsOn("a")] class P : Base;""", """[EnrichmentPlugin("a"), DependsOn("elsewhere")] class P : Base;"""),
        new("FE1010", """[EnrichmentPlugin([|"a"|]), Needs("x"), Provides("y")] class P : Base; [EnrichmentPlugin("b"), Needs("y"), Provides("x")] class Q : Base;""",
            """[EnrichmentPlugin("a"), Needs("x"), Provides("y")] class P : Base, IEnrichmentPlugin { public IReadOnlyCollection<string>? LookupIdentities => []; } [EnrichmentPlugin("b"), Needs("y"), Provides("x")] class Q : Base;"""),
    ];

    public static readonly DiagnosticCase[] Options =
    [
        Option("FE2001", "public object? [|A|] { get; init; }", "public ushort? A { get; init; }"),
        Option("FE2001", "public Dictionary<int, string> [|A|] { get; init; } = [];", "public IReadOnlyDictionary<string, bool[]> A { get; init; } = new Dictionary<string, bool[]>();"),
        new("FE2001", """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O : G<int>; class G<T> { [ConfigProperty] public T? [|A|] { get; set; } }""",
            """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O : G; class G { [ConfigProperty] public int? A { get; set; } }"""),
        Option("FE2002", "public int [|A|] { get; init; } = 11;", "public int A { get; init; } = 10;", "Maximum = 10"),
        Option("FE2002", "public TimeSpan [|A|] { get; init; } = TimeSpan.FromMinutes(1);", "public TimeSpan A { get; init; } = TimeSpan.FromSeconds(60);", "Maximum = 59", "Maximum = 60"),
        Option("FE2002", """public string [|A|] { get; init; } = "b";""", """public string A { get; init; } = "a";""", """Pattern = "^a$" """),
        Option("FE2002", """public string [|A|] { get; init; } = "b";""", """public string A { get; init; } = "a";""", """Enum = new[] { "a" }"""),
        Option("FE2003", "public int [|A|] { get; init; }", "public int A { get; init; }", "Minimum = 2, Maximum = 1", "Minimum = -1, Maximum = 1"),
        Option("FE2003", "public string? [|A|] { get; init; }", "public double[]? A { get; init; }", "Minimum = 2"),
        Option("FE2003", "public double [|A|] { get; init; }", "public ulong[]? A { get; init; }", "ByteSize = true"),
        Option("FE2003", "public O2? [|A|] { get; init; } public class O2 { [ConfigProperty] public int B { get; set; } }", "public string? A { get; init; }", """Pattern = "a" """),
        Option("FE2002", "public long [|A|] { get; init; } = 2 << 20;", "public long A { get; init; } = 1 << 20;", "ByteSize = true, Maximum = 1 << 20"),
        Option("FE2004", "public string? [|A|] { get; init; }", "public string? A { get; init; }", """Pattern = "(" """, """Pattern = "(a)b" """),
        Option("FE2005", "public string? [|A|] { get; init; }", "public string? A { get; init; }", """Pattern = "(?<=a)b" """, """Pattern = "[(?<=a)b]" """),
        Option("FE2011", "public string [|A|] { get; init; } = null!;", "public required string A { get; init; }"),
        Option("FE2006", """public required string [|A|] { get; init; } = "a";""", "public required string A { get; init; }"),
        new("FE2007", """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } record [|O|] { [ConfigProperty(Sensitive = true)] public string? A { get; init; } }""",
            """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } partial record O { [ConfigProperty(Sensitive = true)] public string? A { get; init; } }"""),
        new("FE2007", """[EnrichmentPlugin("a")] class P(Out.O o) : Base { Out.O X => o; } class Out { public partial record [|O|] { [ConfigProperty(Sensitive = true)] public string? A { get; init; } } }""",
            """[EnrichmentPlugin("a")] class P(Out.O o) : Base { Out.O X => o; } partial class Out { public partial record O { [ConfigProperty(Sensitive = true)] public string? A { get; init; } } }"""),
        Option("FE2008", "public int [|A|] { get; }", "public int A { get; private set; }"),
        Option("FE2008", "public static int [|A|] { get; set; }", "public int A { get; set; }"),
        Option("FE2009", "public int LimitA { get; set; } [ConfigProperty] public int [|Limit_A|] { get; set; }", "public int LimitA { get; set; } [ConfigProperty(Name = \"other\")] public int Limit_A { get; set; }"),
        Option("FE2010", "public O? [|A|] { get; set; }", "public string? A { get; set; }"),
        new("FE2012", """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class [|O|](int a) { [ConfigProperty] public int A { get; set; } = a; }""",
            """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O { internal O() { } [ConfigProperty] public int A { get; set; } }"""),
        new("FE2012", """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } struct [|O|] { [ConfigProperty] public int A { get; set; } }""",
            """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } record O { [ConfigProperty] public int A { get; set; } }"""),
        new("FE2012", """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } abstract class [|O|] { [ConfigProperty] public int A { get; set; } }""",
            """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O : B; abstract class B { [ConfigProperty] public int A { get; set; } }"""),
        new("FE2012", """[EnrichmentPlugin("b")] class Q(G<int> o) : Base { object X => o; } class [|G|]<T> { [ConfigProperty] public int A { get; set; } }""",
            """[EnrichmentPlugin("b")] class Q(G o) : Base { object X => o; } class G { [ConfigProperty] public int A { get; set; } }"""),
        new("FE2012", """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O { [ConfigProperty] private In? A { get; set; } class [|In|] { [ConfigProperty] public int B { get; set; } } }""",
            """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O { [ConfigProperty] private In? A { get; set; } internal class In { [ConfigProperty] public int B { get; set; } } }"""),
    ];

    public static readonly DiagnosticCase[] Payloads =
    [
        Payload("FE3001", "public object? [|A|] { get; set; }", "public JsonElement A { get; set; }"),
        Payload("FE3001", "public Dictionary<int, string>? [|A|] { get; set; }", "public Dictionary<string, List<int[]>>? A { get; set; }"),
        Payload("FE3001", "public Action? [|A|] { get; set; }", "[JsonIgnore] public Action? A { get; set; }"),
        Payload("FE3001", "public List<KeyValuePair<string, int>>? [|A|] { get; set; }", "public Dictionary<string, int>? A { get; set; }"),
        Payload("FE3001", "public (int, int) [|A|] { get; set; }", "public Pair A { get; set; } public readonly record struct Pair(int X, int Y);"),
        Payload("FE3001", "public IDisposable? [|A|] { get; set; }", "public IList<string>? A { get; set; }"),
        new("FE3001", """[EnrichmentPlugin("a"), JsonPayload([|typeof(Action)|])] class P : Base;""", """[EnrichmentPlugin("a"), JsonPayload(typeof(List<string>))] class P : Base;"""),
        new("FE3001", """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; class [|X|](int a) { public X(string b) : this(b.Length) { } public int A => a; }""",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; class X(int a) { [JsonConstructor] internal X(int a, string b) : this(a) { B = b; } public int A => a; public string? B { get; } }"""),
        new("FE3001", """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; class X(int [|b|]) { public int A => b; }""",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; class X(int a) { public int A => a; }"""),
        new("FE3001", """class Outer { private class Y; [EnrichmentPlugin("a"), JsonPayload([|typeof(Y)|])] internal class P : Base; }""",
            """class Outer { internal class Y; [EnrichmentPlugin("a"), JsonPayload(typeof(Y))] internal class P : Base; }"""),
        Payload("FE3001", "[JsonIgnore(Condition = (JsonIgnoreCondition)6)] public int [|A|] { get; set; }", "[JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] public int A { get; set; }"),
        Payload("FE3002", """public int A { get; set; } [JsonPropertyName("A")] public int [|B|] { get; set; }""", """public int A { get; set; } [JsonPropertyName("a")] public int B { get; set; }"""),
        Payload("FE3003", "[JsonConverter(typeof(JsonStringEnumConverter))] public DayOfWeek [|A|] { get; set; }", "[JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] public DayOfWeek A { get; set; }"),
        Payload("FE3003", "[JsonConverter(null!)] public int [|A|] { get; set; }", "public int A { get; set; }"),
        Payload("FE3003", "[JsonConverter(typeof(JsonStringEnumConverter<ConsoleKey>))] public DayOfWeek [|A|] { get; set; }", "[JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] public DayOfWeek? A { get; set; }"),
        Payload("FE3003", "[JsonConverter(typeof(C))] public long [|A|] { get; set; } " + Converter(""), "[JsonConverter(typeof(C))] public int? A { get; set; } " + Converter("")),
        Payload("FE3003", "[JsonConverter(typeof(C))] public int [|A|] { get; set; } " + Converter("private C() { }"), "[JsonConverter(typeof(C))] public int A { get; set; } " + Converter("internal C() { }")),
        Payload("FE3001", """public Y? [|A|] { get; set; } [JsonDerivedType(typeof(Z), "z")] public class Y; public class Z : Y;""", """public Z? A { get; set; } [JsonDerivedType(typeof(Z), "z")] public class Y; public class Z : Y;"""),
        Payload("FE3001", """public List<Y>? [|A|] { get; set; } [JsonPolymorphic, JsonDerivedType(typeof(Z))] public class Y; public class Z : Y;""", """public List<Y>? A { get; set; } public class Y; public class Z : Y;"""),
        Payload("FE3001", """public System.Text.Json.Nodes.JsonNode? [|A|] { get; set; }""", """public JsonElement A { get; set; }"""),
        Payload("FE3001", """public System.Text.Json.Nodes.JsonObject? [|A|] { get; set; }""", """public Dictionary<string, JsonElement>? A { get; set; }"""),
        Payload("FE3001", """public JsonDocument? [|A|] { get; set; }""", """public JsonElement? A { get; set; }"""),
        Payload("FE3001", """public Dictionary<string, object>? [|A|] { get; set; }""", """public Dictionary<string, JsonElement>? A { get; set; }"""),
        Payload("FE3001", """public SortedSet<int>? [|A|] { get; set; }""", """public HashSet<int>? A { get; set; }"""),
        Payload("FE3001", """public Stack<int>? [|A|] { get; set; }""", """public List<int>? A { get; set; }"""),
        Payload("FE3001", """public System.Collections.Immutable.ImmutableArray<int> [|A|] { get; set; }""", """public IReadOnlyList<int>? A { get; set; }"""),
        Payload("FE3001", """public IReadOnlySet<int>? [|A|] { get; set; }""", """public ISet<int>? A { get; set; }"""),
        Payload("FE3001", """public System.Collections.ObjectModel.ReadOnlyCollection<int>? [|A|] { get; set; }""", """public IReadOnlyCollection<int>? A { get; set; }"""),
        Payload("FE3001", """public IAsyncEnumerable<int>? [|A|] { get; set; }""", """public IEnumerable<int>? A { get; set; }"""),
        Payload("FE3001", """public ReadOnlyMemory<byte> [|A|] { get; set; }""", """public byte[]? A { get; set; }"""),
        Payload("FE3001", """public int[,]? [|A|] { get; set; }""", """public int[][]? A { get; set; }"""),
        Payload("FE3001", """public nint [|A|] { get; set; }""", """public long A { get; set; }"""),
        Payload("FE3001", """public Type? [|A|] { get; set; }""", """public string? A { get; set; }"""),
        Payload("FE3001", """public Own? [|A|] { get; set; } public class Own : List<int>;""", """public List<int>? A { get; set; }"""),
        Payload("FE3001", """public Y? [|A|] { get; set; } public abstract class Y;""", """public Y? A { get; set; } public class Y;"""),
        Payload("FE3001", """[JsonInclude] internal object? [|_a|];""", """internal object? _a = 1;"""),
        Payload("FE3001", """public Y? A { get; set; } public class Y { public object? [|B|] { get; set; } }""", """public Y? A { get; set; } public class Y { [JsonIgnore] public object? B { get; set; } }"""),
        new("FE3001", """[EnrichmentPlugin("a"), JsonPayload([|typeof(X)|])] class P : Base; [JsonDerivedType(typeof(Y))] class X; class Y : X;""",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(Y))] class P : Base; [JsonDerivedType(typeof(Y))] class X; class Y : X;"""),
        new("FE3001", """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; record X(object [|A|]);""",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; record X(JsonElement A);"""),
        new("FE3001", """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; class X { public object? [|A|] { get; set; } }""",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(X)), JsonPayload(typeof(object), Context = typeof(C))] class P : Base; class X { public object? A { get; set; } } """ + Own),
        new("FE3004", """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X[]))] """ + Own + """ [JsonPolymorphic] class [|X|];""",
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X[]))] """ + Own + """ [JsonPolymorphic, JsonDerivedType(typeof(Y))] class X; class Y : X;"""),
        new("FE3004", """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X[]))] """ + Own + """ [JsonDerivedType(typeof(Y))] class [|X|]; class Y;""",
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X[]))] """ + Own + """ [JsonDerivedType(typeof(Y))] class X; class Y : X;"""),
        new("FE3004", """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X[]))] """ + Own + """ [JsonDerivedType(typeof(Y), 1), JsonDerivedType(typeof(Z), 1)] class [|X|]; class Y : X; class Z : X;""",
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X[]))] """ + Own + """ [JsonDerivedType(typeof(Y), 1), JsonDerivedType(typeof(Z), "1")] class X; class Y : X; class Z : X;"""),
        new("FE3004", """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X[]))] """ + Own + """ [JsonDerivedType(typeof(Y), 1), JsonDerivedType(typeof(Y), 2)] class [|X|]; class Y : X;""",
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X[]))] """ + Own + """ [JsonDerivedType(typeof(X), 1), JsonDerivedType(typeof(Y), 2)] class X; class Y : X;"""),
        Payload("FE3005", "[JsonExtensionData] public Dictionary<string, object>? [|A|] { get; set; }", "[JsonExtensionData] public Dictionary<string, JsonElement>? A { get; set; }"),
        Payload("FE3006", "[JsonInclude] private int [|A|] { get; set; }", "[JsonInclude] internal int A { get; private set; }"),
        Payload("FE3006", "[JsonInclude] private int [|_a|];", "[JsonInclude] internal int _a;"),
        Payload("FE3006", "[JsonInclude] public int [|A|] { private get; set; }", "[JsonInclude] public int A { internal get; set; }"),
        new("FE3007", """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X))] """ + Own + """ class X { public List<object>? [|A|] { get; set; } }""",
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X))] """ + Own + """ class X { public JsonElement A { get; set; } [JsonIgnore] public object? B { get; set; } }"""),
        new("FE3007", """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X))] """ + Own + """ class X { public Dictionary<string, Y>? A { get; set; } } class Y { public object? [|B|] { get; set; } public Y? C { get; set; } }""",
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(X))] """ + Own + """ class X { public Dictionary<string, Y>? A { get; set; } } class Y { public Y? C { get; set; } }"""),
        new("FE3008", """[EnrichmentPlugin("a"), JsonPayload(typeof(int)), JsonPayload(typeof(string), NamingPolicy = JsonKnownNamingPolicy.CamelCase)] class [|P|] : Base;""",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(int)), JsonPayload(typeof(string))] class P : Base;"""),
        new("FE3009", """[EnrichmentPlugin("a"), JsonPayload(Context = [|typeof(string)|])] class P : Base;""",
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; """ + Own),
        new("FE3009", """[EnrichmentPlugin("a"), JsonPayload(typeof(int[]), Context = [|typeof(C)|])] class P : Base; [JsonSerializable(typeof(int))] """ + Own,
            """[EnrichmentPlugin("a"), JsonPayload(typeof(int[]), Context = typeof(C))] class P : Base; [JsonSerializable(typeof(int[]))] """ + Own),
        new("FE3009", """[EnrichmentPlugin("a"), JsonPayload(Context = [|typeof(C)|])] class P : Base; file """ + Own,
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(Q.C))] class P : Base; class Q { internal """ + Own + """ }"""),
        new("FE3009", """[EnrichmentPlugin("a"), JsonPayload(Context = [|typeof(C)|])] class P : Base; abstract class C(JsonSerializerOptions? options) : JsonSerializerContext(options);""",
            """[EnrichmentPlugin("a"), JsonPayload(Context = typeof(C))] class P : Base; [JsonSerializable(typeof(int[]))] abstract class C(JsonSerializerOptions? options) : JsonSerializerContext(options);"""),
        new("FE3009", """[EnrichmentPlugin("a"), [|JsonPayload|]] class P : Base;""",
            """[EnrichmentPlugin("a"), JsonPayload(typeof(int))] class P : Base;"""),
    ];

    public static IEnumerable<DiagnosticCase> All => [.. Plugins, .. Options, .. Payloads];

    private static DiagnosticCase Option(string id, string bad, string good, string limits = "", string? goodLimits = null) => new(
        id,
        $$"""[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O { [ConfigProperty({{limits}})] {{bad}} }""",
        $$"""[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O { [ConfigProperty({{(good.Contains("double[]", StringComparison.Ordinal) ? "" : goodLimits ?? limits)}})] {{good}} }""");

    private static string Converter(string constructor) =>
        $$"""internal class C : JsonConverter<int> { {{constructor}} public override int Read(ref Utf8JsonReader r, Type t, JsonSerializerOptions o) => 0; public override void Write(Utf8JsonWriter w, int v, JsonSerializerOptions o) { } }""";

    private static DiagnosticCase Payload(string id, string bad, string good) => new(
        id,
        $$"""[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; class X { {{bad}} }""",
        $$"""[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base; class X { {{good}} }""");
}
