namespace FastEnrich.Generators.Tests.Edits;

/// <summary>
/// The files of the random program: plugins that depend on each other's declarations in each way that the generator follows.
/// <c>$(a$|b$)</c> is one or the other.
/// </summary>
internal static class ProgramTexts
{
    public static readonly string[] Files =
    [
        """
        $($|using static Acme.Constants;$|using Choice = Acme.Other;$|using Acme.Inner;$)
        namespace $(Acme$|Acme.Inner$);
        /// <summary>$(One$|Two$)</summary>
        [EnrichmentPlugin($("first"$|"First One"$|Constants.Name$|"fir" + Constants.Part$|nameof(Options)$), Version = $("1.0.0"$|Constants.Version$|"x"$), Aliases = [$($|"b"$|"b", "B B"$|Constants.Name$)])]
        [JsonPayload(typeof($(Payload$|Payload[]$|Missing$|Program$|Generic<Payload>$)))$($|, JsonPayload(typeof(Constants.Level), NamingPolicy = JsonKnownNamingPolicy.CamelCase)$|, JsonPayload(Context = typeof(Own))$)]
        $($|[Needs("email")]$|[DependsOn("second")]$|[Provides(Constants.Name)]$)
        sealed partial class First($(Options options$|Options options, ILogger<First> logger$|string options$|Options options, int count = Constants.Size$)) : $(Base$|object$|Middle$|Acme.Middle$)
        {
            int Body() { return $(1$|2$|options.GetHashCode()$); }
            object Arrow => $(1$|options$);
            int Auto { get => $(1$|field$); set { $($|field = 1;$) } }
            $($|private$|internal$) First() : this($(null!$|new()$)) { }
        }
        """,
        """
        namespace Acme
        {
            $(#pragma warning disable FE2011
            $|#nullable disable
            $|$)
            public $(sealed $|$|abstract $)$(partial $|$)$(record$|class$) Options $($|: Shared$)
            {
                [ConfigProperty($($|Minimum = Constants.Size$|Maximum = 2$|ByteSize = true$))] public $(int$|long$|Constants.Level$|Other$) Count { get; $(init; $|$)} = $(Constants.Size$|Size$|5 + Size$|Read()$);
                [ConfigProperty(Sensitive = $(true$|false$))] public $(required $|$)string$($|?$) Key { get; init; }$($| = Constants.Name;$| = null!;$)
                [ConfigProperty($($|Pattern = "^[a-z]+\\z"$|Pattern = "("$|Enum = new[] { Constants.Name }$))] public string Text { get; init; } = $("a"$|Constants.Name$|Name$|nameof(Text)$);
                [ConfigProperty] public TimeSpan Wait { get; init; } = $(TimeSpan.FromSeconds(Constants.Size)$|Wait2$|default$);
                [ConfigProperty] public Other Choice { get; init; } = $(Other.One$|Other.Two$|(Other)1$);
                static int Read() { $($|#nullable restore
                $)return $(1$|2$); }
                static TimeSpan Wait2 => TimeSpan.FromSeconds($(1$|2$));
                $($|[ConfigProperty] public Inner.Deep? Deep { get; init; }$|[ConfigProperty] public Options? Again { get; init; }$)
            }
            public enum Other { One$($| = 1$), Two$($|, Three$)$($|, [JsonStringEnumMemberName("four")] Four$) }
        }
        """,
        """
        namespace Acme;
        static partial class Constants
        {
            public const string $(Name$|Other$) = "na" + Part;
            public const string Part = $("me"$|"ME"$);
            public const string Version = $("2.0.0"$|"2"$);
            public const int Size = $(1$|4$|Sizes.Of$);
            static class Sizes { public const int Of = $(9$|8$); static int None() { return $(1$|2$); } }
            public enum Level { Low$(, High$|$) }
        }
        abstract class Middle : $(Base$|object$) { static int Count() => $(1$|2$); }
        sealed class Own() : JsonSerializerContext(null)
        {
            protected override JsonSerializerOptions? GeneratedSerializerOptions => $(null$|new()$);
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """,
        """
        namespace Acme
        {
            $($|using Payload = Inner.Deep;
            $)public $(record$|class$|struct$|partial record$) Payload$($|(int Number = Constants.Size)$) $($|: PayloadBase$)
            {
                $($|[JsonPropertyName(Constants.Name)] $|[JsonIgnore] $|[JsonInclude] private $)public string$($|?$) Name { get; $(set;$|init;$|$) } $($|= "";$)
                public $(List<Payload>$|object$|Constants.Level$|Uri$|Dictionary<string, Other>$)? Children { get; set; }
                public int Computed => $(1$|2$);
                public int Count { get { return $(1$|Name!.Length$); } }
            }
            public class PayloadBase { public virtual int Id { get; set; } = $(1$|2$); }
            $($|class Uri;$)
            public sealed class Generic<T> where T : $(notnull$|class$) { public T? Value { get; init; } public $(required $|$)int Size { get; init; } }
        }
        namespace Acme.Inner { public partial class Deep { [ConfigProperty] public int $(Depth$|Height$) { get; set; } = $(1$|Constants.Size$); } $($|static class Constants { public const int Size = 7; public const string Name = "inner"; }$) }
        """,
        """
        global using Mark = $(FastEnrich.EnrichmentPluginAttribute$|System.ObsoleteAttribute$);
        $(global using static Acme.Constants;$|$|global using PluginAttribute = Mark;$)
        $($|[assembly: System.Reflection.AssemblyTitle("a")]$)
        $($|var Size = 5;$|Console.WriteLine(1);$|int Size() { return 1; }$|const int Size = 5; Console.WriteLine(Size);$)
        $($|var Name = $("a"$|"b"$); Console.WriteLine(Name);$)
        $($|partial class Program { }$|partial class Program { public $(partial $|$)record Hidden { [ConfigProperty(Sensitive = true)] public string? Key { get; init; } } [EnrichmentPlugin("hidden")] internal class Holder(Hidden hidden) : Base { object X => hidden; } }$)
        """,
        """
        namespace Acme;
        [$(Mark$|MarkAttribute$|global::Mark$|EnrichmentPlugin$|FastEnrich.EnrichmentPlugin$|Plugin$)($("second"$|"first"$|"third"$))]$($|[Obsolete]$)
        $(public$|internal$) $(partial class$|class$|record$|struct$) Second($(Inner.Deep deep$|Options deep$|Shared deep$)) : Base { object X => $(deep$|1$); }
        $(partial class Second { int Part() { return $(1$|2$); } }$|[EnrichmentPlugin("again")] partial class Second { }$|$)
        class Outer$($|<T>$) { [EnrichmentPlugin("nested")] $(internal$|private$) class Nested : Base { private const string Size = "a"; } }
        """,
        """
        namespace Acme;
        $(#if DEBUG$|#if !DEBUG$|#if OTHER$)
        sealed partial class First { $(int Debug() { return 1; }$|public First(PluginContext context) : this() { }$) }
        #endif
        $($|[JsonPayload(typeof(int))]$|[Provides("y")]$) sealed partial class First;
        public class Shared { [ConfigProperty] public $(int$|string$) Common { get; set; } = $(default!$|Constants.Size$); }
        namespace Inner2 { }
        """,
    ];
}
