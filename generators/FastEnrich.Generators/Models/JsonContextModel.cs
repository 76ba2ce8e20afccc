namespace FastEnrich.Generators.Models;

/// <summary>A plugin's JSON context: the types that its payloads reach, in ordinal order, and the author's contexts that are asked for the rest.</summary>
internal sealed record JsonContextModel(string? Namespace, string Name, int NamingPolicy, EquatableArray<JsonTypeModel> Types, EquatableArray<string> OwnContexts);
