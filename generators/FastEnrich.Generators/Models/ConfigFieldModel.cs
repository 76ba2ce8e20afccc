namespace FastEnrich.Generators.Models;

/// <summary>One option. <see cref="SetUnsafely"/> when its setter is init-only or not accessible, so that only an accessor keeps the other initialisers.</summary>
internal sealed record ConfigFieldModel(
    string Key,
    string Property,
    string DeclaringType,
    bool SetUnsafely,
    ConfigValueModel Value,
    string SchemaType,
    string Description,
    string? Default,
    EquatableArray<string> Enum,
    string? Pattern,
    string? Minimum,
    string? Maximum,
    bool Required,
    bool Sensitive);
