namespace FastEnrich.Generators.Models;

/// <summary>A property of a payload.</summary>
internal sealed record JsonPropertyModel(
    string Name,
    string? JsonName,
    string Type,
    string DeclaringType,
    bool HasGetter,
    JsonSetter Setter,
    bool IsRequired,
    bool IsGetNullable,
    bool IsSetNullable,
    int? Ignore,
    int? Order,
    int? NumberHandling,
    int? ObjectCreationHandling,
    string? Converter,
    string? NullableConverterOf,
    JsonMemberKind Kind,
    GenericAccessModel? GenericAccess);
