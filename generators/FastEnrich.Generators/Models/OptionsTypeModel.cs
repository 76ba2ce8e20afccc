namespace FastEnrich.Generators.Models;

/// <summary>One class or record of options. <see cref="ConstructUnsafely"/> when <c>required</c> members forbid a plain <c>new</c>.</summary>
internal sealed record OptionsTypeModel(string Type, string Stem, bool ConstructUnsafely, EquatableArray<ConfigFieldModel> Fields);
