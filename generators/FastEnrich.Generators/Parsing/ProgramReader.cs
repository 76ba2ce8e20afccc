using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>
/// Reads a compilation, and after an edit only what the edit can have changed. Every compilation binds all symbols anew, which for many plugins takes
/// longer than a key press may; so what was read last time is used again wherever no declaration changed.
/// </summary>
internal static class ProgramReader
{
    private const int MostKept = 4; // one for each framework that a project is built for

    /// <summary>What was read last, by assembly. The pipelines keep it alive, nobody else does.</summary>
    private static readonly ConcurrentDictionary<string, ImmutableArray<WeakReference<ProgramReading>>> s_last = new(StringComparer.Ordinal);

    public static ProgramReading Read(Compilation compilation, CancellationToken cancellationToken)
    {
        var name = compilation.AssemblyName ?? "";
        if (s_last.TryGetValue(name, out var known))
        {
            foreach (var weak in known)
            {
                if (weak.TryGetTarget(out var last) && last.Follow(compilation, cancellationToken) is { } followed)
                {
                    if (followed != last)
                    {
                        Keep(name, followed, instead: weak);
                    }

                    return followed;
                }
            }
        }

        var reading = ProgramReading.Of(compilation, cancellationToken);
        Keep(name, reading, instead: null);
        return reading;
    }

    private static void Keep(string name, ProgramReading reading, WeakReference<ProgramReading>? instead)
    {
        var kept = new WeakReference<ProgramReading>(reading);
        s_last.AddOrUpdate(
            name,
            _ => [kept],
            (_, others) => [kept, .. others.Where(o => o != instead && o.TryGetTarget(out var _)).Take(MostKept - 1)]);
    }
}
