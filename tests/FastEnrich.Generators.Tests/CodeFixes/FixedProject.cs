#pragma warning disable IL2026, IL2072, IL3000 // the tests load a generator of the SDK
using System.Collections.Immutable;
using System.Runtime.Loader;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastEnrich.Generators.Tests.CodeFixes;

/// <summary>A project in a workspace, as an editor holds it, with the complaints of the generator and its analyzers.</summary>
internal sealed class FixedProject : IDisposable
{
    private static readonly IIncrementalGenerator s_json = JsonGenerator();

    private readonly AdhocWorkspace _workspace = new();
    private Project _project;

    public FixedProject(params string[] sources)
    {
        var compilation = Compilations.Create(sources);
        _project = _workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: compilation.SyntaxTrees[0].Options, metadataReferences: compilation.References));
        foreach (var tree in compilation.SyntaxTrees)
        {
            _project = _project.AddDocument(tree.FilePath, tree.GetText(TestContext.Current.CancellationToken), filePath: tree.FilePath).Project;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<string[]> TextsAsync()
    {
        var texts = new List<string>();
        foreach (var document in _project.Documents.Skip(1)) // the first is the prelude of all samples
        {
            texts.Add((await document.GetTextAsync(Token)).ToString());
        }

        return [.. texts];
    }

    /// <summary>What our generator and analyzer say, in the order of the places that they say it of.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        var compilation = (await _project.GetCompilationAsync(Token))!;
        var analyzed = await compilation.WithAnalyzers([new StaticStateAnalyzer()]).GetAnalyzerDiagnosticsAsync(Token);
        return [.. Compilations.Run(compilation).Diagnostics.Concat(analyzed).OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)];
    }

    /// <summary>What the compiler will not take of everything together, System.Text.Json's own generator included.</summary>
    public async Task<IEnumerable<Diagnostic>> ErrorsAsync() => (await ComplaintsAsync()).Where(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>What the compiler says of everything together, System.Text.Json's own generator included.</summary>
    public async Task<IEnumerable<Diagnostic>> ComplaintsAsync()
    {
        var compilation = (await _project.GetCompilationAsync(Token))!;
        CSharpGeneratorDriver
            .Create([new PluginGenerator().AsSourceGenerator(), s_json.AsSourceGenerator()], parseOptions: (CSharpParseOptions)_project.ParseOptions!)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var found, Token);
        return output.GetDiagnostics(Token).Concat(found).Where(d => d.Severity >= DiagnosticSeverity.Warning);
    }

    public async Task<IReadOnlyList<CodeAction>> OffersAsync(CodeFixProvider provider, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        var document = _project.GetDocument(_project.Documents.Single(d => d.FilePath == diagnostic.Location.SourceTree?.FilePath).Id)!;
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), Token));
        return actions;
    }

    public async Task ApplyAsync(CodeAction action)
    {
        var change = (await action.GetOperationsAsync(Token)).OfType<ApplyChangesOperation>().Single();
        _project = change.ChangedSolution.GetProject(_project.Id)!;
    }

    public async Task ApplyToAllAsync(CodeFixProvider provider, string key, ImmutableArray<Diagnostic> diagnostics)
    {
        var document = _project.Documents.Last();
        var context = new FixAllContext(document, provider, FixAllScope.Document, key, provider.FixableDiagnosticIds, new KnownDiagnostics(diagnostics), Token);
        await ApplyAsync((await provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>The generator that comes with the SDK which these tests are built by.</summary>
    private static IIncrementalGenerator JsonGenerator()
    {
        var sdk = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../packs/Microsoft.NETCore.App.Ref"));
        var file = Directory.EnumerateFiles(sdk, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).Single(f => f.Contains("/10.0.", StringComparison.Ordinal) || f.Contains(@"\10.0.", StringComparison.Ordinal));
        var type = AssemblyLoadContext.Default.LoadFromAssemblyPath(file).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!;
        return (IIncrementalGenerator)Activator.CreateInstance(type)!;
    }
}
