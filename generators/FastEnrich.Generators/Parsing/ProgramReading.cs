using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>
/// What was read of a compilation, and the files that it was read of. Compared by reference: the same one stands for every compilation that says the same.
/// It holds syntax trees, which diagnostics hold anyway, and neither the compilation nor its symbols and references.
/// </summary>
internal sealed class ProgramReading
{
    private static readonly ConditionalWeakTable<MetadataReference, object> s_references = new();

    private readonly CompilationOptions _options;
    private readonly object[] _referenced;
    private readonly HashSet<string> _names;
    private readonly ImmutableArray<ImmutableArray<ParseResult>> _byFile;
    private ImmutableArray<SyntaxTree> _files;

    private ProgramReading(
        Compilation compilation,
        object[] referenced,
        HashSet<string> names,
        ImmutableArray<ImmutableArray<ParseResult>> byFile,
        EnvironmentModel environment,
        EquatableArray<CatalogReference> references)
    {
        _options = compilation.Options;
        _referenced = referenced;
        _names = names;
        _byFile = byFile;
        _files = [.. compilation.SyntaxTrees];
        Environment = environment;
        References = references;
        Plugins = [.. byFile.SelectMany(static p => p)];
    }

    public EnvironmentModel Environment { get; }

    public EquatableArray<CatalogReference> References { get; }

    public ImmutableArray<ParseResult> Plugins { get; }

    public static ProgramReading Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var names = PluginSyntax.Names(compilation.SyntaxTrees, cancellationToken);
        return new ProgramReading(
            compilation,
            Identities(compilation),
            names,
            [.. compilation.SyntaxTrees.Select(t => PluginSyntax.Parse(t, compilation, names, cancellationToken))],
            EnvironmentReader.Environment(compilation, cancellationToken),
            EnvironmentReader.References(compilation, cancellationToken));
    }

    /// <summary>Gives what a later compilation says, or <see langword="null"/> when a declaration is another one and all must be read again.</summary>
    public ProgramReading? Follow(Compilation compilation, CancellationToken cancellationToken)
    {
        var before = _files;
        var after = compilation.SyntaxTrees as IReadOnlyList<SyntaxTree> ?? [.. compilation.SyntaxTrees];
        if (before.Length != after.Count || !_options.Equals(compilation.Options) || !_referenced.SequenceEqual(Identities(compilation)))
        {
            return null;
        }

        var edited = new HashSet<SyntaxTree>();
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] != after[i])
            {
                if (!DeclarationComparer.AreSame(before[i], after[i], cancellationToken))
                {
                    return null;
                }

                edited.Add(before[i]);
            }
        }

        if (edited.Count == 0)
        {
            return this;
        }

        // What was said of an edited file is said at another place now.
        var stale = Enumerable.Range(0, before.Length).Where(i => _byFile[i].Any(p => p.Places.Any(edited.Contains))).ToArray();
        if (stale.Length == 0)
        {
            _files = [.. after];
            return this;
        }

        var byFile = _byFile.ToBuilder();
        foreach (var i in stale)
        {
            byFile[i] = PluginSyntax.Parse(after[i], compilation, _names, cancellationToken);
        }

        return new ProgramReading(compilation, _referenced, _names, byFile.ToImmutable(), Environment, References);
    }

    /// <summary>Stands for references without holding them: a reference to a project holds that project's compilation.</summary>
    private static object[] Identities(Compilation compilation) => [.. compilation.ExternalReferences.Select(static r => s_references.GetValue(r, static _ => new object()))];
}
