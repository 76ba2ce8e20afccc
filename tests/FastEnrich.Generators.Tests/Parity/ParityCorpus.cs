using System.Text;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>
/// Reads and writes the same JSON through both generators' contexts and compares what came of it. Needs no test framework: the native test binary runs it too.
/// </summary>
internal static class ParityCorpus
{
    /// <summary>Valid values by JSON name; each is also given null, twice, cut off, and in place of every other one.</summary>
    public static readonly (string Name, string[] Values)[] Members =
    [
        ("Required", ["1", "\"1\""]), ("Bool", ["true", "false"]), ("Byte", ["0", "255", "256", "-1", "1.0", "1e1"]), ("SByte", ["-128", "127", "128"]), ("Short", ["-32768", "32768"]), ("UShort", ["65535", "65536"]),
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
        "{\"Required\":1,\"Self\":" + string.Concat(Enumerable.Repeat("{\"Required\":1,\"Self\":", 70)) + "null" + new string('}', 71), new string('[', 5000), new string('[', 63) + new string(']', 63),
        "{\"Required\":1,\"Double\":" + new string('9', 400) + "}", "{\"Required\":1,\"Decimal\":0." + new string('1', 5000) + "}", "{\"Required\":1,\"Huge\":-" + new string('9', 60) + "}",
        "{\"Required\":1,\"Int\":1E99999999999}", "{\"Required\":1,\"Int\":-}", "{\"Required\":1,\"Float\":.5}", "{\"Required\":1,\"Long\":0x10}", "{\"R\\u0065quired\":1}", "{\"\\u0052\\u0065quired\":null}",
        "{\"Required\":1,\"\\ud800\":1}", "{/**/\"Required\":1}", "{\"Required\"://\n1}", "{\"Required\":1} // end", "{\"Required\":1,\"Array\":[1,]}", "{\"Required\":1,\"Array\":[,1]}", "{\"Required\":1,,\"Int\":1}", "{,}",
        "{\"Required\":1,\"Text\":\"" + new string('x', 70_000) + "\"}", "{\"Required\":1,\"\":2}", "{\"$id\":\"1\",\"Required\":1}", "{\"Required\":1,\"$type\":\"x\"}",
    ];

    /// <summary>Every member on every kind of type, and then the features that need types of their own.</summary>
    public static readonly ParityGroup[] Groups = Create(new ParityPair(ParityReference.Default, ParityPluginJsonContext.Default));

    private static readonly ParityGroup[] s_groupsWithoutPaths = Create(new ParityPair(ParityReference.Default, ParityPluginJsonContext.Default, ComparesPaths: false));

    public static ParityGroup Everything(ParityPair pair) => new(
        "Everything",
        [
            pair.Kind<ParityClass>(),
            pair.Kind<ParityRecord>(),
            pair.Kind<ParityStruct>(),
            pair.Kind<ParityPositional>(),
            pair.Kind<ParityPositionalStruct>(),
        ],
        Members);

    /// <summary>Compares both contexts over the whole corpus.</summary>
    /// <returns>The differences, one line each; none when there is parity.</returns>
    public static IEnumerable<string> Differences() =>
        Groups.SelectMany(static group => Documents.Concat(group.Documents()).SelectMany(group.Differences))
            .Concat(All().SelectMany(Groups[0].Differences))
            .Concat(s_groupsWithoutPaths.SelectMany(static group => Hostile(group).SelectMany(group.Differences)));

    private static ParityGroup[] Create(ParityPair pair) => [Everything(pair), .. ParityShapes.Groups(pair), .. ParityShapes.Policies(), ParityShapes.Owned(pair.ComparesPaths)];

    /// <summary>Documents around the one member that must be there.</summary>
    private static IEnumerable<string> All()
    {
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

            foreach (var other in Members)
            {
                yield return $"{{\"Required\":1,\"{name}\":{other.Values[0]}}}"; // every value in every other's place
            }
        }
    }

    /// <summary>A full document, cut off at every byte, and bytes that are no text.</summary>
    private static IEnumerable<byte[]> Hostile(ParityGroup group)
    {
        var bytes = Encoding.UTF8.GetBytes(group.Full);
        for (var length = 0; length < bytes.Length; length++)
        {
            yield return bytes[..length];
        }

        byte[][] broken = [[0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xFF, 0xFE], [0x00], [0x1F], [0x7F]];
        foreach (var wrong in broken)
        {
            foreach (var member in (string[])["Text", "Name", "Required", "Unknown", "Bytes", "Element"])
            {
                yield return [.. Encoding.UTF8.GetBytes($"{{\"Required\":1,\"{member}\":\"a"), .. wrong, .. "b\"}"u8];
                yield return [.. Encoding.UTF8.GetBytes($"{{\"Required\":1,\"{member}"), .. wrong, .. "\":1}"u8];
            }

            yield return [.. wrong, .. "{\"Required\":1}"u8];
            yield return [.. "{\"Required\":1"u8, .. wrong, .. "}"u8];
        }
    }
}
