using FastEnrich.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.Tests.Edits;

/// <summary>A project that is edited as in an editor: trees that no edit befalls stay, edited ones are parsed anew from what is left of them.</summary>
internal sealed class EditedProject
{
    private static readonly string[] s_trivia =
    [
        " ", "\n\n", "/* comment */", "// comment\n", "/** <summary>Doc.</summary> */",
        "\n#nullable disable\n", "\n#nullable enable\n", "\n#pragma warning disable\n", "\n#pragma warning disable FE2011\n",
        "\n#pragma warning restore\n", "\n#region One\n", "\n#endregion\n", "\n#if DEBUG\n", "\n#if OTHER\n",
        "\n#else\n", "\n#endif\n", "\n#line 100 \"Other.cs\"\n", "\n#line default\n", "\n#define OTHER\n", "\n#error Stop\n", "/* open",
    ];

    private static readonly string[] s_statements =
    [
        "var x = 1;", ";", "const int Size = 1;", "int Local() { return 1; }", "throw null!;", "if (true) { }",
        "\n#pragma warning disable\n", "\n#pragma warning restore\n", "\n#nullable disable\n", "\n#nullable enable\n", "var (a, b) = (1, 2);", "goto end; end: ;", "_ = new { Name = 1 };", "}", "{",
    ];

    private static readonly MetadataReference[] s_libraries =
    [
        Compilations.Library("Library", "[EnrichmentPlugin(\"third\")] class Q : Base;"),
        Compilations.Library("Library", "[EnrichmentPlugin(\"second\"), DependsOn(\"first\")] class Q : Base; namespace Acme.Inner { public class Missing { public int Id { get; set; } } }"),
        Compilations.Library("Other", "namespace Acme { public class Missing { public object? Id { get; set; } } }").WithAliases(["other"]),
        Compilations.Named("Project", OutputKind.DynamicallyLinkedLibrary, [], "namespace Acme { public class Missing { public string? Text { get; set; } } }").ToMetadataReference(),
    ];

    private readonly List<SyntaxTree> _past = [];
    private readonly Dictionary<int, int>[] _chosen;
    private CSharpParseOptions _parse = new(LanguageVersion.CSharp14);

    /// <summary>Begins with one of many programs, a few of whose places are other than as first written.</summary>
    public EditedProject(string assembly, int program, bool isExecutable)
    {
        var random = new Random(program);
        _chosen = [.. ProgramTexts.Files.Select(f => Enumerable.Range(0, ProgramTemplate.Places(f)).Where(_ => random.Next(4) == 0).ToDictionary(p => p, _ => random.Next(6)))];
        var compilation = Compilations.Named(assembly, isExecutable ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, []);
        Compilation = compilation.AddSyntaxTrees(ProgramTexts.Files.Select((_, i) => Parse(Text(i), $"Program{i}.cs")));
    }

    public CSharpCompilation Compilation { get; private set; }

    public void Apply(ProgramEdit edit)
    {
        var trees = Compilation.SyntaxTrees;
        switch (edit.Kind)
        {
            case EditKind.AddFile:
                var missing = Enumerable.Range(0, ProgramTexts.Files.Length).FirstOrDefault(i => trees.All(t => t.FilePath != $"Program{i}.cs"), -1);
                Compilation = Compilation.AddSyntaxTrees(missing < 0
                    ? Parse($"class Added{edit.What % 3} {{ }}", $"Added{trees.Length}.cs")
                    : Parse(Text(missing), $"Program{missing}.cs"));
                return;
            case EditKind.ParseOptions:
                _parse = _parse.WithLanguageVersion(edit.What % 7 == 0 ? LanguageVersion.CSharp12 : edit.What % 2 == 0 ? LanguageVersion.CSharp14 : LanguageVersion.CSharp13)
                    .WithPreprocessorSymbols(edit.Where % 2 == 0 ? Array.Empty<string>() : ["DEBUG"]).WithDocumentationMode((DocumentationMode)(edit.File % 3));
                Compilation = Compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees.Select(t => Parse(t.ToString(), t.FilePath)));
                return;
            case EditKind.CompilationOptions:
                var options = Compilation.Options.WithNullableContextOptions(edit.What % 2 == 0 ? NullableContextOptions.Enable : NullableContextOptions.Disable);
                Compilation = Compilation.WithOptions(edit.Where % 2 == 0 ? options : options.WithSpecificDiagnosticOptions([new("FE2011", (ReportDiagnostic)(edit.Where % 6))]));
                return;
            case EditKind.References:
                var library = s_libraries[edit.What % s_libraries.Length];
                Compilation = Compilation.References.Contains(library) ? Compilation.RemoveReferences(library) : Compilation.AddReferences(library);
                return;
        }

        if (trees.Length < 2)
        {
            return;
        }

        var old = trees[1 + (edit.File % (trees.Length - 1))]; // the first is the prelude of all programs
        switch (edit.Kind)
        {
            case EditKind.RemoveFile:
                _past.Add(old);
                Compilation = Compilation.RemoveSyntaxTrees(old);
                break;
            case EditKind.RenameFile:
                Replace(old, Parse(old.ToString(), $"Renamed{edit.What % 5}.cs"));
                break;
            case EditKind.SwapFiles:
                Compilation = Compilation.RemoveSyntaxTrees(old).AddSyntaxTrees(old);
                break;
            case EditKind.Undo when _past.Count > 0:
                var past = _past[edit.What % _past.Count];
                past = edit.Where % 2 == 0 && past.Options.Equals(_parse) ? past : Parse(past.ToString(), past.FilePath);
                Compilation = trees.Contains(past) ? Compilation
                    : trees.FirstOrDefault(t => t.FilePath == past.FilePath) is { } current ? Compilation.ReplaceSyntaxTree(current, past)
                    : Compilation.AddSyntaxTrees(past);
                break;
            case EditKind.Undo:
                break;
            default:
                Replace(old, Edited(old, edit));
                break;
        }
    }

    private static SyntaxTree Changed(SyntaxTree tree, TextSpan span, string text)
    {
        var before = tree.GetText();
        return tree.WithChangedText(before.WithChanges(new TextChange(span, text)));
    }

    private SyntaxTree Edited(SyntaxTree tree, ProgramEdit edit)
    {
        var tokens = tree.GetRoot().DescendantTokens().ToArray();
        var token = tokens[edit.Where % tokens.Length];
        switch (edit.Kind)
        {
            case EditKind.Choose when ProgramFile(tree) is { } file:
                var place = edit.Where % ProgramTemplate.Places(ProgramTexts.Files[file]);
                _chosen[file][place] = _chosen[file].GetValueOrDefault(place) + 1 + (edit.What % 3);
                return Typed(tree, Text(file));
            case EditKind.Trivia:
                return Changed(tree, new(token.SpanStart, 0), s_trivia[edit.What % s_trivia.Length]);
            case EditKind.Statement when tree.GetRoot().DescendantNodes().OfType<BlockSyntax>().ToArray() is [_, ..] blocks:
                return Changed(tree, new(blocks[edit.Where % blocks.Length].OpenBraceToken.Span.End, 0), s_statements[edit.What % s_statements.Length]);
            case EditKind.RemoveToken:
                return Changed(tree, token.Span, "");
            case EditKind.CopyToken:
                return Changed(tree, new(token.SpanStart, 0), tokens[edit.What % tokens.Length].Text + " ");
            default:
                return tree;
        }
    }

    private static int? ProgramFile(SyntaxTree tree) => tree.FilePath.StartsWith("Program", StringComparison.Ordinal) ? tree.FilePath[7] - '0' : null;

    /// <summary>As somebody types it: what is the same before and after it stays.</summary>
    private static SyntaxTree Typed(SyntaxTree tree, string text)
    {
        var before = tree.ToString();
        var start = before.Zip(text).TakeWhile(p => p.First == p.Second).Count();
        var end = before.Skip(start).Reverse().Zip(text.Skip(start).Reverse()).TakeWhile(p => p.First == p.Second).Count();
        return Changed(tree, TextSpan.FromBounds(start, before.Length - end), text[start..^end]);
    }

    private void Replace(SyntaxTree old, SyntaxTree with)
    {
        _past.Add(old);
        Compilation = Compilation.ReplaceSyntaxTree(old, with);
    }

    private string Text(int file) => ProgramTemplate.Fill(ProgramTexts.Files[file], _chosen[file]);

    private SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, _parse, path);
}
