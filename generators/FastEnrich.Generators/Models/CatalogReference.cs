namespace FastEnrich.Generators.Models;

/// <summary>The plugins of a referenced assembly, by name and alias.</summary>
internal sealed record CatalogReference(string Assembly, string Catalog, bool Reachable, EquatableArray<string> Plugins);
