namespace FastEnrich.Generators.Models;

/// <summary>The plugins of a referenced assembly, by name and alias, and what they wait for.</summary>
internal sealed record CatalogReference(string Assembly, string Catalog, int Format, bool Reachable, EquatableArray<string> Plugins, EquatableArray<PluginOrder> Orders);
