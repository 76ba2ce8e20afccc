using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>The contexts of both generators over the same types.</summary>
/// <param name="Reference">Written by System.Text.Json's generator.</param>
/// <param name="Ours">Written by ours.</param>
/// <param name="ComparesPaths">Whether refusals must name the same path: which of two mistakes is named differs on purpose.</param>
internal sealed record ParityPair(JsonSerializerContext Reference, JsonSerializerContext Ours, bool ComparesPaths = true)
{
    public ParityKind Kind<T>() => new ParityKind<T>(Info<T>(Reference), Info<T>(Ours), ComparesPaths);

    /// <summary>Not configured yet: what is wrong with it shows when it is used.</summary>
    private static JsonTypeInfo<T> Info<T>(JsonSerializerContext context) => (JsonTypeInfo<T>)((IJsonTypeInfoResolver)context).GetTypeInfo(typeof(T), context.Options)!;
}
