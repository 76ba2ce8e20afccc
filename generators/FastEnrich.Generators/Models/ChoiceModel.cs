namespace FastEnrich.Generators.Models;

/// <summary>A member of an enumeration and its name in configuration.</summary>
internal sealed record ChoiceModel(string Name, string Value);
