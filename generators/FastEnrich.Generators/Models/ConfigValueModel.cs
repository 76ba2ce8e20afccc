namespace FastEnrich.Generators.Models;

/// <summary>How one value of a configuration is read. <see cref="Items"/> holds the one element of a list or mapping.</summary>
internal sealed record ConfigValueModel(
    ConfigValueKind Kind,
    string Type,
    EquatableArray<ConfigValueModel> Items,
    EquatableArray<ChoiceModel> Choices,
    string? NestedStem)
{
    public static ConfigValueModel Scalar(ConfigValueKind kind, string type) => new(kind, type, default, default, null);
}
