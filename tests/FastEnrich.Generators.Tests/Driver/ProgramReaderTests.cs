using System.Runtime.CompilerServices;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Tests.Driver;

/// <summary>What is read again after an edit is what a reading from nothing gives, at the same places.</summary>
public sealed class ProgramReaderTests
{
    private const string Plugin =
        """
        namespace Acme;
        [Mark(Named.A)]
        [JsonPayload(typeof(Payload))]
        sealed partial class P(O options) : Base
        {
            int Body() { return 1; }
            int Arrow => options.GetHashCode();
        }
        [EnrichmentPlugin("fine", Aliases = ["B B"])] sealed class Fine(Other other) : Base { object X => other; }
        """;

    private const string Elsewhere =
        """
        namespace Acme;
        static class Named { public const string A = "a" + Part; const string Part = "b"; }
        sealed class O
        {
            static int First() { return 1; }
            [ConfigProperty] public Uri? Where { get; init; } = new("https://a.example");
            [ConfigProperty] public int Count { get; init; } = 3;
        }
        sealed class Other
        {
            int Body() { return 1; }
            [ConfigProperty] public string? Text { get; init; }
        }
        public sealed class Payload
        {
            int Body() { return 2; }
            public string? Name { get; init; }
            public string Code { get; init; } = "";
        }
        """;

    private const string Global = "global using Mark = FastEnrich.EnrichmentPluginAttribute;\nstatic class Unrelated { static int M() { return 1; } }";

    private static int s_programs;

    public static TheoryData<int, string, string> Harmless => new()
    {
        { 3, "return 1", "var x = 2; return x" },
        { 3, "static int M()", "/* comment */ static   int M()" },
        { 2, "return 1", "return First() + 1" },
        { 1, "return 1;", "// longer\n\n return 2;" },
        { 1, "=> options.GetHashCode()", "=> 5" },
        { 1, "[JsonPayload", "\n\n[JsonPayload" },
    };

    public static TheoryData<int, string, string> Telling => new()
    {
        { 1, "\"fine\"", "\"finer\"" },
        { 1, "\"B B\"", "\"bb\"" },
        { 2, "Part = \"b\"", "Part = \"c\"" },
        { 2, "https://a", "https://b" },
        { 2, "Count { get; init; } = 3", "Count { get; init; } = 4" },
        { 2, "Count { get; init; } = 3", "Count { get; } = 3" },
        { 2, "string? Name", "string Name" },
        { 2, "return 2;", "\n#nullable disable\nreturn 2;" }, // which holds for what follows the body
        { 2, "sealed class Other", "sealed class Uri;\nsealed class Other" }, // hides the framework's
        { 2, "sealed class Other", "[Provides(\"x\")] sealed partial class P;\nsealed class Other" },
        { 3, "FastEnrich.EnrichmentPluginAttribute", "System.ObsoleteAttribute" },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Read_EditOfNothingThatIsSeenOutside_SaysTheSameAtTheNewPlaces(int file, string before, string after)
    {
        var compilation = Create();
        var first = ProgramReader.Read(compilation, default);
        var edited = Edit(compilation, file, before, after);

        var second = ProgramReader.Read(edited, default);

        Assert.Equal(first.Plugins.Select(p => p.Model), second.Plugins.Select(p => p.Model));
        AssertAsFromNothing(edited, second);
        Assert.Equal(file != 1, ReferenceEquals(first, second));
        GC.KeepAlive(first);
    }

    [Theory]
    [MemberData(nameof(Telling))]
    public void Read_EditOfADeclarationAnywhere_IsNoticed(int file, string before, string after)
    {
        var compilation = Create();
        var first = ProgramReader.Read(compilation, default);
        var edited = Edit(compilation, file, before, after);

        var second = ProgramReader.Read(edited, default);

        Assert.NotEqual(Said(first), Said(second));
        AssertAsFromNothing(edited, second);
        GC.KeepAlive(first);
    }

    [Theory]
    [InlineData("Console.WriteLine(1);", "Console.WriteLine(2);", true)]
    [InlineData("var a = 1;", "var a = 2; Console.WriteLine(a);", true)]
    [InlineData("Console.WriteLine();", "if (true) { var Size = 5; }", true)]
    [InlineData("Console.WriteLine();", "var Size = 5;", false)]
    [InlineData("var Size = 5;", "var other = 5;", false)]
    [InlineData("Console.WriteLine();", "if (int.TryParse(\"5\", out var Size)) { }", false)]
    [InlineData("Console.WriteLine();", "void Size() { }", false)]
    [InlineData("", "Console.WriteLine();", false)]
    public void Read_TopLevelStatements_AreNoticedByWhatTheyDeclare(string before, string after, bool isSame)
    {
        const string Imported = "namespace Library { public class Program { public int Id { get; set; } } public static class Sizes { public const int Size = 3; } }";
        const string Named =
            """
            global using static Library.Sizes;
            global using Library;
            [EnrichmentPlugin("a"), JsonPayload(typeof(Program))] class P(O o) : Base { object X => o; }
            class O { [ConfigProperty] public int A { get; set; } = Size; }
            """;
        var compilation = Compilations.Named($"Read{Interlocked.Increment(ref s_programs)}", OutputKind.ConsoleApplication, [], Named, Imported, before + "\nclass Unrelated;");
        var first = ProgramReader.Read(compilation, default);
        var edited = Edit(compilation, 3, before + "\n", after + "\n");

        var second = ProgramReader.Read(edited, default);

        Assert.Equal(isSame, ReferenceEquals(first, second));
        Assert.Equal(isSame, Said(first).SequenceEqual(Said(second)));
        AssertAsFromNothing(edited, second);
    }

    [Fact]
    public void Read_OtherReferencesOptionsOrFiles_IsNoticed()
    {
        var compilation = Create();
        var first = ProgramReader.Read(compilation, default);

        var executable = ProgramReader.Read(compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)), default);
        var more = ProgramReader.Read(compilation.AddSyntaxTrees(Compilations.Parse("[EnrichmentPlugin(\"more\")] class More : Base;", "More.cs")), default);
        var referring = ProgramReader.Read(compilation.AddReferences(Compilations.Library("Library", "[EnrichmentPlugin(\"b\")] class Q : Base;")), default);
        var older = ProgramReader.Read(compilation.InLanguage(LanguageVersion.CSharp12), default);

        Assert.Equal((false, true), (first.Environment.IsExecutable, executable.Environment.IsExecutable));
        Assert.Equal((2, 3), (first.Plugins.Length, more.Plugins.Length));
        Assert.Equal((0, 1), (first.References.Count, referring.References.Count));
        Assert.Equal((null, "12.0"), (first.Environment.OldLanguage, older.Environment.OldLanguage));
    }

    [Fact]
    public void Read_TwoFrameworksInTurns_KeepsBoth()
    {
        var one = Create();
        var two = one.WithOptions(one.Options.WithOutputKind(OutputKind.ConsoleApplication));
        var (first, second) = (ProgramReader.Read(one, default), ProgramReader.Read(two, default));

        Assert.Same(first, ProgramReader.Read(Edit(one, 3, "return 1", "return 2"), default));
        Assert.Same(second, ProgramReader.Read(Edit(two, 3, "return 1", "return 2"), default));
    }

    [Fact]
    public void Read_KeptReading_KeepsNoCompilation()
    {
        var reading = ReadAndForget(out var gone);

        for (var i = 0; i < 20 && gone.Any(c => c.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.All(gone, c => Assert.False(c.IsAlive, "what was read holds a compilation"));
        GC.KeepAlive(reading);
    }

    /// <summary>A frame of its own, so that no local of the test holds what must go.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ProgramReading ReadAndForget(out WeakReference[] gone)
    {
        var library = Compilations.Named("Kept", OutputKind.DynamicallyLinkedLibrary, [], "public class Library;");
        var first = Create().AddReferences(library.ToMetadataReference());
        var second = Edit(first, 3, "return 1", "return 2");
        var third = Edit(second, 1, "return 1", "return 2");
        ProgramReading[] readings = [ProgramReader.Read(first, default), ProgramReader.Read(second, default), ProgramReader.Read(third, default)];
        Assert.Same(readings[0], readings[1]);
        gone = [new(first), new(second), new(third), new(library)];
        return readings[2];
    }

    private static void AssertAsFromNothing(Compilation compilation, ProgramReading reading)
    {
        var fresh = ProgramReading.Of(compilation, default);
        Assert.Equal(Said(fresh), Said(reading));
        Assert.Equal(fresh.Environment, reading.Environment);
        Assert.All(reading.Plugins.SelectMany(p => p.Places), place => Assert.True(compilation.ContainsSyntaxTree(place)));
    }

    private static object[] Said(ProgramReading reading) =>
        [.. reading.Plugins.SelectMany(p => p.Diagnostics.Select(d => (object)d.ToString()).Append(p.NameLocation.ToString()).Append(p.Model))];

    /// <summary>A name of its own for each: what is kept is kept by name, and tests run at the same time.</summary>
    private static CSharpCompilation Create() =>
        Compilations.Named($"Read{Interlocked.Increment(ref s_programs)}", OutputKind.DynamicallyLinkedLibrary, [], Plugin, Elsewhere, Global);

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string before, string after)
    {
        var tree = compilation.SyntaxTrees[file];
        Assert.Contains(before, tree.ToString(), StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, Compilations.Parse(tree.ToString().Replace(before, after, StringComparison.Ordinal), tree.FilePath));
    }
}
