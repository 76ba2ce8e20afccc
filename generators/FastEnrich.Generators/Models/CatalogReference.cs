namespace FastEnrich.Generators.Models;

/// <summary>The plugins of a referenced assembly.</summary>
internal sealed record CatalogReference(string Assembly, string Catalog, bool Reachable, EquatableArray<string> Plugins);
