namespace FastEnrich.Generators.Models;

/// <summary>One type of a JSON context. <see cref="Element"/> is the item of a collection, the value of a dictionary or the type under a nullable.</summary>
internal sealed record JsonTypeModel(
    string Type,
    string Property,
    JsonShape Shape,
    bool IsValueType,
    string? Element,
    string? Converter,
    bool ConstructUnsafely,
    bool HasNoConstructor,
    EquatableArray<JsonParameterModel> Parameters,
    EquatableArray<JsonPropertyModel> Properties,
    int? NumberHandling,
    int? UnmappedMemberHandling,
    int? ObjectCreationHandling)
{
    public static JsonTypeModel Simple(string type, string property, JsonShape shape, bool isValueType, string? element = null, string? converter = null) =>
        new(type, property, shape, isValueType, element, converter, false, false, default, default, null, null, null);
}
