using System.Linq;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Diagnostics;

/// <summary>Finds plugins that wait for each other, across assemblies that do not know each other too.</summary>
internal static class CycleChecks
{
    /// <summary>Reports each circle once: at a plugin of this assembly when one is in it, else at no place, since no line here is at fault.</summary>
    public static void Report(Action<Diagnostic> report, IReadOnlyList<(PluginOrder Order, Location At)> own, IReadOnlyList<PluginOrder> others)
    {
        var nodes = own.Concat(others.Select(static o => (Order: o, At: Location.None))).ToArray();
        var waits = nodes.Select(n => Enumerable.Range(0, nodes.Length).Where(i => n.Order.WaitsFor(nodes[i].Order)).ToArray()).ToArray();
        var reported = new HashSet<int>();
        for (var start = 0; start < nodes.Length; start++)
        {
            if (!reported.Contains(start) && FindWay(start, start, waits, []) is { } way)
            {
                reported.UnionWith(way);
                var name = nodes[start].Order.Name;
                report(Diagnostic.Create(Descriptors.Cycle, nodes[start].At, name, string.Join(" -> ", way.Select(i => nodes[i].Order.Name).Concat([name]))));
            }
        }
    }

    private static List<int>? FindWay(int from, int to, int[][] waits, HashSet<int> visited)
    {
        foreach (var next in waits[from])
        {
            if (next == to)
            {
                return [from];
            }

            if (visited.Add(next) && FindWay(next, to, waits, visited) is { } rest)
            {
                rest.Insert(0, from);
                return rest;
            }
        }

        return null;
    }
}
