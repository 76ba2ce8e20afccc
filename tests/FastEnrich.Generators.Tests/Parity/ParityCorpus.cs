using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>
/// Reads and writes the same JSON through both generators' contexts and compares what came of it. Needs no test framework: the native test binary runs it too.
/// </summary>
internal static class ParityCorpus
{
    /// <summary>Valid values by JSON name; each is also given null, twice, cut off, and in place of every other one.</summary>
    public static readonly (string Name, string[] Values)[] Members =
    [
        ("Bool", ["true", "false"]), ("Byte", ["0", "255", "256", "-1", "1.0", "1e1"]), ("SByte", ["-128", "127", "128"]), ("Short", ["-32768", "32768"]), ("UShort", ["65535", "65536"]),
        ("Int", ["0", "-2147483648", "2147483648", "01", "+1", "1e2", "\"1\""]), ("UInt", ["4294967295", "-0", "-1"]), ("Long", ["9223372036854775807", "9223372036854775808"]), ("ULong", ["18446744073709551615"]),
        ("Huge", ["170141183460469231731687303715884105727", "1e2"]), ("UHuge", ["340282366920938463463374607431768211455", "-1"]), ("Half", ["0.5", "65504", "1e9"]), ("Float", ["3.4e38", "1e39", "-0.0", "0.1"]),
        ("Double", ["1.7976931348623157e308", "1e309", "5e-324", "0.1", "NaN", "\"NaN\""]), ("Decimal", ["79228162514264337593543950335", "79228162514264337593543950336", "1.10", "1e-28"]),
        ("Char", ["\"x\"", "\"\\u00e9\"", "\"xy\"", "\"\"", "\"\\ud83d\""]), ("Text", ["\"\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"\\ud83d\"", "7", "\"\\q\""]),
        ("DateTime", ["\"2026-01-02T03:04:05.1234567Z\"", "\"2026-01-02\"", "\"2026-13-02\"", "\"2026-01-02T03:04:05+0000\""]), ("Offset", ["\"2026-01-02T03:04:05+14:00\"", "\"2026-01-02T24:00:00Z\"", "\"now\""]),
        ("Date", ["\"2026-02-28\"", "\"2026-02-29\""]), ("Time", ["\"23:59:59.9999999\"", "\"24:00\""]), ("Span", ["\"-10675199.02:48:05.4775808\"", "\"1.00:00:00\"", "\"60\""]),
        ("Guid", ["\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"", "\"3f2504e04f8911d39a0c0305e82c3301\""]), ("Uri", ["\"https://example.com/a?b=c#d\"", "\"relative/x\"", "\"http://[bad\""]), ("Version", ["\"1.2.3.4\"", "\"1\""]),
        ("Bytes", ["\"\"", "\"AQI=\"", "\"AQI\"", "\"\\u0041QI=\""]), ("Element", ["{\"a\":[1,{\"b\":null}]}", "[]", "1e400", "\"\\u00e9\""]),
        ("Color", ["1", "99", "\"Red\"", "-1"]), ("Size", ["\"very_large\"", "\"Small\"", "\"small\"", "0", "\"none\""]), ("MaybeInt", ["7"]), ("MaybeOffset", ["\"2026-01-02T03:04:05Z\""]), ("MaybeColor", ["2"]), ("MaybeSize", ["\"Small\""]),
        ("Point", ["{\"X\":1,\"Y\":\"y\"}", "{}", "{\"X\":1,\"X\":2}", "{\"x\":1}", "[]"]), ("MaybePoint", ["{\"X\":1}"]),
        ("Array", ["[]", "[1,2,3]", "[1,null]", "{}"]), ("List", ["[null,\"a\"]", "[[]]"]), ("IList", ["[1]"]), ("Collection", ["[true]"]), ("ReadOnlyList", ["[{\"X\":3},{}]", "[null]"]), ("ReadOnlyCollection", ["[1.5,null]"]),
        ("Enumerable", ["[\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"]"]), ("HashSet", ["[3,1,3]"]), ("Set", ["[\"b\",\"a\",\"b\"]"]), ("Dictionary", ["{\"a\":1,\"b\":2}", "{\"a\":1,\"a\":2}", "{\"\":0}", "[]", "{\"a\":null}"]),
        ("IDictionary", ["{\"a\":null}"]), ("ReadOnlyDictionary", ["{\"a\":null,\"b\":{\"X\":4}}"]), ("Nested", ["[{\"a\":[1,2]},{}]", "[{\"a\":[{}]}]"]),
        ("re named/\\u00e9\\\"", ["5"]), ("Renamed", ["6"]), ("Ignored", ["\"i\"", "{\"deep\":[1]}"]), ("WhenNull", ["\"w\""]), ("WhenDefault", ["0", "5"]), ("Never", ["3"]), ("First", ["1"]),
        ("Lenient", ["1", "\"2\"", "\"x\"", "\" 2\""]), ("Named", ["1.5", "\"NaN\"", "\"Infinity\"", "\"1\""]), ("Seconds", ["1.5", "\"x\""]), ("MaybeSeconds", ["2"]), ("ColorText", ["\"Red\"", "\"red\"", "1", "\"Nope\""]),
        ("Self", ["{\"Required\":2,\"Int\":3}", "{}", "{\"Required\":1,\"Self\":{\"Required\":2}}"]), ("required", ["1"]), ("\\u0049nt", ["4"]), ("Unknown", ["[[[]]]", "{\"Int\":1}"]),
    ];

    /// <summary>Documents that are wrong, or odd, as a whole.</summary>
    public static readonly string[] Documents =
    [
        "", " ", "null", "{}", "[]", "1", "\"x\"", "{", "}", "{\"Required\"", "{\"Required\":", "{\"Required\":1", "{\"Required\":1,", "{\"Required\":1,}", "{\"Required\":1} {}", "{\"Required\":1}x", "{Required:1}", "{'Required':1}",
        "// c\n{\"Required\":1}", "{\"Required\":1/* c */}", "\uFEFF{\"Required\":1}", "{\"Required\":1,\"Unknown\":" + new string('[', 70) + new string(']', 70) + "}",
        "{\"Required\":1,\"Element\":" + new string('[', 70) + new string(']', 70) + "}", "{\"Required\":null}", "{\"Required\":1,\"Required\":2}", "{\"Required\":1,\"Int\":" + new string('9', 5000) + "}",
        "{\"Required\":1,\"Text\":\"" + new string('x', 70_000) + "\"}", "{\"Required\":1,\"\":2}", "{\"$id\":\"1\",\"Required\":1}", "{\"Required\":1,\"$type\":\"x\"}",
    ];

    /// <summary>Every document of the corpus.</summary>
    public static IEnumerable<string> All()
    {
        foreach (var document in Documents)
        {
            yield return document;
        }

        foreach (var (name, values) in Members)
        {
            yield return $"{{\"Required\":1,\"{name}\":null}}";
            foreach (var value in values)
            {
                yield return $"{{\"Required\":1,\"{name}\":{value}}}";
                yield return $"{{\"{name}\":{value}}}";
                yield return $"{{\"{name}\":{value},\"Required\":1,\"{name}\":{value}}}";
                yield return $"{{\"{name}\":{value},\"Required\":1,\"{name}\":null}}";
                yield return $"{{\"Required\":1,\"{name}\":{value}";
            }
        }

        for (var i = 0; i < Members.Length; i++)
        {
            foreach (var other in Members)
            {
                yield return $"{{\"Required\":1,\"{Members[i].Name}\":{other.Values[0]}}}"; // every value in every other's place
            }
        }
    }

    /// <summary>Compares both contexts over the whole corpus.</summary>
    /// <returns>The differences, one line each; none when there is parity.</returns>
    public static IEnumerable<string> Differences() =>
        All().SelectMany(static json => Differences(Encoding.UTF8.GetBytes(json)));

    /// <summary>Compares both contexts over one document, which need not be text.</summary>
    public static IEnumerable<string> Differences(byte[] json)
    {
        var (reference, ours) = (ParityReference.Default, ParityPluginJsonContext.Default);
        return
        [
            .. Compare(json, reference.ParityClass, ours.ParityClass),
            .. Compare(json, reference.ParityRecord, ours.ParityRecord),
            .. Compare(json, reference.ParityStruct, ours.ParityStruct),
            .. Compare(json, reference.ParityPositional, ours.ParityPositional),
            .. Compare(json, reference.ParityPositionalStruct, ours.ParityPositionalStruct),
        ];
    }

    private static IEnumerable<string> Compare<T>(byte[] json, JsonTypeInfo<T> reference, JsonTypeInfo<T> ours)
    {
        var expected = Outcome(json, reference, reference);
        var actual = Outcome(json, ours, reference);
        if (expected != actual)
        {
            yield return $"{typeof(T).Name}: {Encoding.UTF8.GetString(json)} gives {actual} instead of {expected}";
        }
        else if (expected.StartsWith('{') && Outcome(json, ours, ours) is var written && written != expected)
        {
            yield return $"{typeof(T).Name}: {expected} is written as {written}";
        }
    }

    private static string Outcome<T>(byte[] json, JsonTypeInfo<T> reader, JsonTypeInfo<T> writer)
    {
        T? value;
        try
        {
            value = JsonSerializer.Deserialize(json, reader);
        }
        catch (JsonException e)
        {
            return $"refused at {e.Path}";
        }
        catch (Exception e)
        {
            return $"thrown: {e.GetType().Name}"; // by a converter, which is the author's
        }

        try
        {
            return JsonSerializer.Serialize(value, writer!);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return $"not written: {e.GetType().Name}";
        }
    }
}
