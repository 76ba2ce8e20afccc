namespace FastEnrich.Generators.Models;

/// <summary>A referenced library that keeps another contract than this generator's; 0 when it keeps none.</summary>
internal sealed record ContractModel(string Assembly, string Version, int Contract);
