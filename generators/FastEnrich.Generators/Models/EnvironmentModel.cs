namespace FastEnrich.Generators.Models;

/// <summary>What the compilation says of the assembly that is being built.</summary>
internal sealed record EnvironmentModel(string Assembly, string Namespace, bool IsExecutable, bool HasContract);
