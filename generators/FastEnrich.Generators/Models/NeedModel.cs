namespace FastEnrich.Generators.Models;

/// <summary>An identity that a plugin looks users up by.</summary>
internal sealed record NeedModel(string Name, bool Optional);
