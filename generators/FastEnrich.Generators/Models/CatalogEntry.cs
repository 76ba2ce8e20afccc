namespace FastEnrich.Generators.Models;

/// <summary>A plugin in its assembly's list; <see cref="Stem"/> is empty, and there is no order, when mistakes keep it from being written.</summary>
internal sealed record CatalogEntry(string Name, EquatableArray<string> Aliases, string Stem, PluginOrder? Order);
