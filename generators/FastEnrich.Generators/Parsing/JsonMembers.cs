using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>
/// Decides which of several members with one JSON name takes part, by the rules of System.Text.Json: the derived one, unless it is ignored. Members come derived types first.
/// </summary>
internal sealed class JsonMembers(int policy, ParseContext context)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ISymbol> _ignored = new(StringComparer.Ordinal);

    public List<JsonPropertyModel> Resolved { get; } = [];

    /// <summary>Whether an override that is ignored takes the member with it.</summary>
    public bool Hides(ISymbol member) =>
        member is IPropertySymbol property && IsVirtual(property)
        && _ignored.TryGetValue(member.Name, out var other) && other is IPropertySymbol ignored && IsVirtual(ignored)
        && SymbolEqualityComparer.Default.Equals(ignored.Type, property.Type);

    public void Add(ISymbol member, JsonPropertyModel model)
    {
        var isIgnored = model.Ignore == JsonPropertyParser.IgnoreAlways;
        var name = model.JsonName ?? JsonNames.Of(model.Name, policy);
        if (!_places.TryGetValue(name, out var place))
        {
            _places.Add(name, Resolved.Count);
            Resolved.Add(model);
        }
        else if (Resolved[place].Ignore == JsonPropertyParser.IgnoreAlways)
        {
            Resolved[place] = model;
        }
        else if (!isIgnored && Resolved[place].Name != model.Name && !_ignored.ContainsKey(model.Name))
        {
            context.Report(Descriptors.DuplicateJsonName, member, model.Name, name, Resolved[place].Name);
        }

        if (isIgnored)
        {
            _ignored[member.Name] = member;
        }
    }

    private static bool IsVirtual(IPropertySymbol property) => property.IsVirtual || property.IsOverride || property.IsAbstract;
}
