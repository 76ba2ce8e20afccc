using System.Text.Json;
using System.Text.Json.Serialization;
using FastEnrich.Generators.Tests.Json;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Contexts made for other options than their own still do the same.</summary>
public sealed class OptionsParityTests
{
    private static readonly Dictionary<string, Action<JsonSerializerOptions>> s_options = new()
    {
        ["trailing commas"] = static o => o.AllowTrailingCommas = true,
        ["comments skipped"] = static o => o.ReadCommentHandling = JsonCommentHandling.Skip,
        ["any case"] = static o => o.PropertyNameCaseInsensitive = true,
        ["no duplicates"] = static o => o.AllowDuplicateProperties = false,
        ["depth 3"] = static o => o.MaxDepth = 3,
        ["numbers in strings"] = static o => o.NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString,
        ["nullable annotations"] = static o => o.RespectNullableAnnotations = true,
        ["required parameters"] = static o => o.RespectRequiredConstructorParameters = true,
        ["unmapped members"] = static o => o.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ["names by policy"] = static o => o.PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ["keys by policy"] = static o => o.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        ["nulls left out"] = static o => o.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ["defaults left out"] = static o => o.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        ["read-only left out"] = static o => o.IgnoreReadOnlyProperties = true,
        ["indented"] = static o => o.WriteIndented = true,
        ["relaxed escaping"] = static o => o.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        ["metadata alone"] = static o => o.Converters.Add(new NeverUsedConverter()),
        ["strict"] = static o =>
        {
            o.AllowDuplicateProperties = false;
            o.RespectNullableAnnotations = true;
            o.RespectRequiredConstructorParameters = true;
            o.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        },
    };

    /// <summary>Members that are not read: whether they may stand twice is a difference on purpose (see <see cref="ParityDifferences"/>).</summary>
    private static readonly string[] s_unread = ["Ignored", "VirtualIgnored", "ReadOnlyHere", "Always", "Computed", "OnlyWritten", "Unsettable"];

    public static TheoryData<string> Options => [.. s_options.Keys];

    [Theory]
    [MemberData(nameof(Options))]
    public void Corpus_OtherOptions_HasNoDifference(string name)
    {
        var (theirs, ours) = (new JsonSerializerOptions(), new JsonSerializerOptions());
        s_options[name](theirs);
        s_options[name](ours);
        var pair = new ParityPair(new ParityReference(theirs), new ParityPluginJsonContext(ours), ComparesPaths: false);

        foreach (var group in ParityShapes.Groups(pair).Prepend(ParityCorpus.Everything(pair)))
        {
            var documents = group.Members.SelectMany(m => Enum.GetValues<ParityPresence>().Where(p => p != ParityPresence.Duplicate || theirs.AllowDuplicateProperties || !s_unread.Contains(m.Name))
                .SelectMany(presence => group.Documents(m.Name, presence))).Concat(ParityCorpus.Documents);
            string[] first = [.. documents.SelectMany(group.Differences).Take(3)];
            Assert.True(first.Length == 0, string.Join('\n', first.Select(static d => d[^Math.Min(d.Length, 3000)..])));
        }
    }
}
