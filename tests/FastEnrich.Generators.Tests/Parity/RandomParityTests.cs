using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsCheck;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>100,000 random values: the same bytes out, the same objects in.</summary>
public sealed class RandomParityTests
{
    private const int ValuesOfEachKind = 20_000; // of five kinds; given to each sample, so that no setting of the machine makes it fewer

    private static readonly ParityPair s_pair = new(ParityReference.Default, ParityPluginJsonContext.Default);

    [Fact]
    public void Class_AnyValue_HasNoDifference() => Check(static value => value);

    [Fact]
    public void Record_AnyValue_HasNoDifference() => Check(static value => Converted(value, ParityReference.Default.ParityRecord));

    [Fact]
    public void Struct_AnyValue_HasNoDifference() => Check(static value => Converted(value, ParityReference.Default.ParityStruct));

    [Fact]
    public void PositionalRecord_AnyValue_HasNoDifference() => Check(static value => Converted(value, ParityReference.Default.ParityPositional));

    [Fact]
    public void PositionalStruct_AnyValue_HasNoDifference() => Check(static value => Converted(value, ParityReference.Default.ParityPositionalStruct));

    private static void Check<T>(Func<ParityClass, T> convert)
    {
        var kind = (ParityKind<T>)s_pair.Kind<T>();
        var checkedValues = 0;

        RandomValues.Class.Sample(
            value =>
            {
                var differences = kind.Differences(convert(value)).ToArray();
                Assert.True(differences.Length == 0, string.Join('\n', differences));
                Interlocked.Increment(ref checkedValues);
            },
            iter: ValuesOfEachKind);

        Assert.True(checkedValues >= ValuesOfEachKind, $"{checkedValues} values were checked");
    }

    /// <summary>The same value as another type; both sides get the same object, so who reads it here does not matter.</summary>
    private static T Converted<T>(ParityClass value, JsonTypeInfo<T> info) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, ParityReference.Default.ParityClass), info)!;
}
