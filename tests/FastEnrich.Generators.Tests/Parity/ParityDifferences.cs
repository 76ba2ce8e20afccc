using System.Text.Json;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>All differences on purpose. The corpus has none of these documents on these types, and no difference at all.</summary>
internal static class ParityDifferences
{
    private static readonly ParityPair s_pair = new(ParityDifferentReference.Default, ParityDifferentPluginJsonContext.Default);

    public static readonly ParityDifference[] All =
    [
        new(1, Kind<ParityDifferent.Initialised>(), "{}", """{"Stage":null,"Count":0}""", """{"Stage":"new","Count":3}"""),
        new(1, Kind<ParityDifferent.Initialised>(), """{"Count":5}""", """{"Stage":null,"Count":5}""", """{"Stage":"new","Count":5}"""),
        new(1, Kind<ParityDifferent.Chained>(), """{"Name":"n"}""", """{"Name":"n","Size":0}""", """{"Name":"n","Size":8}"""),
        new(2, Kind<ParityDifferent.PrivatelySet>(), """{"Id":"7"}""", "thrown: InvalidOperationException", """{"Id":"7"}"""),
        new(3, Kind<ParityDifferent.Fixed>(), """{"Value":9}""", "thrown: InvalidOperationException", """{"Value":4}"""),
        new(4, Kind<ParityDifferent.FilledBeside>(), """{"Numbers":[2],"Name":"n"}""", "thrown: NotSupportedException", """{"Numbers":[1,2],"Name":"n"}"""),
        new(5, Kind<ParityDifferent.Fields>(static () => new JsonSerializerOptions { IncludeFields = true }), """{"Number":2}""", """{"Number":2}""", "{}"),
        new(6, Kind<ParityDifferent.Mistaken>(), """{"Number":"x"}""", "refused at $", "refused at $.Number"),
        new(7, Kind<ParityDifferent.Binary>(), """{"Bytes":null}""", """{"Bytes":""}""", """{"Bytes":null}"""),
        new(8, Kind<ParityDifferent.Unread>(static () => new JsonSerializerOptions { AllowDuplicateProperties = false }), """{"Computed":1,"Computed":2}""", "refused at $.Computed", """{"Name":null,"Computed":3}"""),
    ];

    private static ParityKind Kind<T>() => s_pair.Kind<T>();

    private static ParityKind Kind<T>(Func<JsonSerializerOptions> options) =>
        new ParityPair(new ParityDifferentReference(options()), new ParityDifferentPluginJsonContext(options())).Kind<T>();
}
