namespace FastEnrich.Generators.Models;

/// <summary>A plugin's JSON context: the types that its payloads reach, in ordinal order.</summary>
internal sealed record JsonContextModel(string? Namespace, string Name, string Stem, int NamingPolicy, EquatableArray<JsonTypeModel> Types);
