namespace FastEnrich.Generators.Tests.Parity;

/// <summary>A difference on purpose: one document, and what came of it on each side. docs/generated-json.md has it under the same number.</summary>
/// <param name="Number">The number in the list of the documentation.</param>
/// <param name="Kind">The type.</param>
/// <param name="Document">What is read and written again.</param>
/// <param name="Theirs">The outcome with System.Text.Json's generator.</param>
/// <param name="Ours">The outcome with ours.</param>
internal sealed record ParityDifference(int Number, ParityKind Kind, string Document, string Theirs, string Ours);
