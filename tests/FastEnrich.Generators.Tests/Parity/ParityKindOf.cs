using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FastEnrich.Generators.Tests.Parity;

/// <inheritdoc/>
internal sealed class ParityKind<T>(JsonTypeInfo<T> reference, JsonTypeInfo<T> ours, bool comparesPaths) : ParityKind
{
    private const string Refused = "refused";

    public override IEnumerable<string> Differences(byte[] json)
    {
        var expected = Outcome(json, reference, reference);
        var actual = Outcome(json, ours, reference);
        if (expected != actual && !(IsRefusal(expected) && IsRefusal(actual) && (!comparesPaths || NamesTheFirstOfTwoMistakes(json, expected, actual))))
        {
            yield return $"{typeof(T).Name}: {Encoding.UTF8.GetString(json)} gives {actual} instead of {expected}";
        }
        else if (expected.StartsWith('{') && Outcome(json, ours, ours) is var written && written != expected)
        {
            yield return $"{typeof(T).Name}: {expected} is written as {written}";
        }
    }

    public override (string Theirs, string Ours) Outcomes(string json) =>
        (Outcome(Encoding.UTF8.GetBytes(json), reference, reference), Outcome(Encoding.UTF8.GetBytes(json), ours, ours));

    public override bool Accepts(string json) => Outcome(Encoding.UTF8.GetBytes(json), reference, reference).StartsWith('{');

    /// <summary>Compares what both contexts write of one value, and what they read of that.</summary>
    public IEnumerable<string> Differences(T value)
    {
        var expected = JsonSerializer.SerializeToUtf8Bytes(value, reference);
        var actual = JsonSerializer.SerializeToUtf8Bytes(value, ours);
        return expected.AsSpan().SequenceEqual(actual) ? Differences(expected) : [$"{typeof(T).Name}: {Encoding.UTF8.GetString(expected)} is written as {Encoding.UTF8.GetString(actual)}"];
    }

    /// <summary>Difference 6: ours names the member, theirs the object around it, which is cut off or damaged behind that member.</summary>
    private static bool NamesTheFirstOfTwoMistakes(byte[] json, string expected, string actual) =>
        actual.StartsWith(expected, StringComparison.Ordinal) && !IsWellFormed(json);

    private static bool IsRefusal(string outcome) => outcome.StartsWith(Refused, StringComparison.Ordinal);

    private static bool IsWellFormed(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What was read, written again; or how it was refused: the path of the failure, or the exception's type.</summary>
    private static string Outcome(byte[] json, JsonTypeInfo<T> reader, JsonTypeInfo<T> writer)
    {
        T? value;
        try
        {
            value = JsonSerializer.Deserialize(json, reader);
        }
        catch (JsonException e)
        {
            return $"{Refused} at {e.Path}";
        }
        catch (Exception e)
        {
            return $"thrown: {e.GetType().Name}";
        }

        try
        {
            return JsonSerializer.Serialize(value, writer!);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or JsonException)
        {
            return $"not written: {e.GetType().Name}";
        }
    }
}
