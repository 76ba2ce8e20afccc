namespace FastEnrich.Generators.Models;

/// <summary>A parameter of the constructor that a payload is read through.</summary>
internal sealed record JsonParameterModel(string Name, string Type, bool HasDefault, string? Default, bool IsNullable);
