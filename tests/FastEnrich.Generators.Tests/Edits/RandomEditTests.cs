using CsCheck;
using FastEnrich.Generators.Emit;
using FastEnrich.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Tests.Edits;

/// <summary>After any edits, a driver that followed them says what one that knows of none says.</summary>
public sealed class RandomEditTests
{
    private const int Programs = 100;

    private static readonly Gen<ProgramEdit> s_edit = Gen.Select(
        Gen.Frequency(
            (12, Gen.Const(EditKind.Choose)), (6, Gen.Const(EditKind.Trivia)), (3, Gen.Const(EditKind.Statement)), (1, Gen.Const(EditKind.RemoveToken)), (4, Gen.Enum<EditKind>())),
        Gen.Int[0, 999], Gen.Int[0, 99_999], Gen.Int[0, 99_999], Gen.Int[1, 3],
        (kind, file, where, what, projects) => new ProgramEdit(kind, file, where, what, projects));

    private static int s_programs;

    [Fact]
    public void Run_AnyEdits_SaysWhatAReadingFromNothingSays() =>
        Gen.Select(Gen.Int[0, 99_999], s_edit.Array[1, 10]).Sample(
            (program, edits) => Check(program, edits),
            iter: Programs,
            print: p => $"{p.Item1}:\n{string.Join(",\n", p.Item2.Select(e => e.ToString()))}");

    /// <summary>Two projects of one name, as two frameworks or two branches have, each in a driver of its own.</summary>
    private static void Check(int program, ProgramEdit[] edits)
    {
        var name = $"Edited{Interlocked.Increment(ref s_programs)}";
        EditedProject[] projects = [new(name, program, isExecutable: false), new(name, program, isExecutable: program % 3 == 0)];
        var drivers = projects.Select(_ => Compilations.Driver()).ToArray();
        for (var i = 0; i <= edits.Length; i++)
        {
            for (var p = 0; p < projects.Length && i > 0; p++)
            {
                if ((edits[i - 1].Projects & (1 << p)) != 0)
                {
                    projects[p].Apply(edits[i - 1]);
                }
            }

            // At the same time, as an editor does: the two share what was read for as long as they say the same.
            Parallel.For(0, projects.Length, p =>
                drivers[p] = drivers[p].WithUpdatedParseOptions(projects[p].Compilation.SyntaxTrees[0].Options).RunGenerators(projects[p].Compilation));
            for (var p = 0; p < projects.Length; p++)
            {
                AssertAsFromNothing(projects[p].Compilation, drivers[p].GetRunResult().Results[0], name, $"project {p} after edit {i}");
            }
        }
    }

    private static void AssertAsFromNothing(CSharpCompilation compilation, GeneratorRunResult result, string name, string when)
    {
        var other = $"Fresh{Interlocked.Increment(ref s_programs)}"; // what was read is kept by name
        var fresh = Compilations.Driver().WithUpdatedParseOptions(compilation.SyntaxTrees[0].Options).RunGenerators(compilation.WithAssemblyName(other)).GetRunResult().Results[0];

        Assert.True(result.Exception is null, $"{when}: {result.Exception}");
        var (expected, actual) = (Said(fresh, other), Said(result, name));
        Assert.True(expected.SequenceEqual(actual), $"{when}: {string.Join('\n', expected.Except(actual))}\ninstead of\n{string.Join('\n', actual.Except(expected))}\n");
        Assert.All(result.Diagnostics, d => Assert.True(d.Location.SourceTree is null || compilation.ContainsSyntaxTree(d.Location.SourceTree), when));
    }

    private static string[] Said(GeneratorRunResult result, string name) =>
    [
        .. result.GeneratedSources.Select(s => $"{s.HintName}\n{s.SourceText}".Replace(Names.Namespace(name), "Generated", StringComparison.Ordinal)),
        .. result.Diagnostics.Select(d => $"{d} {d.Severity} {d.IsSuppressed} {d.Location.SourceSpan} {d.Location.GetMappedLineSpan()}"),
    ];
}
