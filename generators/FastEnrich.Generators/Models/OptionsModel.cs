namespace FastEnrich.Generators.Models;

/// <summary>A plugin's options: the root type first, then the types nested in it.</summary>
internal sealed record OptionsModel(string Type, string Stem, EquatableArray<OptionsTypeModel> Types, EquatableArray<RedactionModel> Redactions);
