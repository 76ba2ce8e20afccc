namespace FastEnrich.Generators.Models;

/// <summary>What the compilation says of the assembly that is being built.</summary>
/// <param name="OldLanguage">The version of C#, when generated plugins do not compile in it.</param>
/// <param name="Strangers">Libraries of other versions than the generator's.</param>
internal sealed record EnvironmentModel(string Assembly, string Namespace, bool IsExecutable, bool HasContract, string? OldLanguage, EquatableArray<ContractModel> Strangers);
