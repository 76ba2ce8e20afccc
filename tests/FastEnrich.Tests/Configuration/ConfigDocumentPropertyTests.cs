using System.Text;
using CsCheck;
using FastEnrich.Configuration;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Tests.Configuration;

public sealed class ConfigDocumentPropertyTests
{
    private static readonly Gen<string> Word = Gen.Char["abcdefghijklmnopqrstuvwxyz"].Array[1, 8].Select(chars => new string(chars));

    private static readonly Gen<string> Text = Gen.OneOf(Word, Gen.Char["ab ${}:#'\"\\\n\té"].Array[0, 12].Select(chars => new string(chars)));

    [Fact]
    public void Read_RandomNestedMaps_FlattensAsTheReferenceDoes()
    {
        Tree(4).Sample(tree =>
        {
            var expected = new SortedDictionary<string, string?>(StringComparer.Ordinal);
            Flatten(tree, "", expected);
            var json = Encoding.UTF8.GetBytes(Write(tree));

            // The same text is JSON and YAML's flow style, so each reader is checked against the reference, and the other.
            foreach (var name in (string[])["f.json", "f.yaml"])
            {
                var document = ConfigDocumentReader.Read(json, name);

                Assert.Empty(document.Errors);
                Assert.Equal(expected, new SortedDictionary<string, string?>(document.Entries.Where(entry => !entry.IsContainer).ToDictionary(entry => entry.Path, entry => entry.Value), StringComparer.Ordinal));
                Assert.All(document.Entries, entry => Assert.True(entry is { Line: > 0, Column: > 0 }));
            }
        }, iter: 2_000);
    }

    [Fact]
    public void Load_Garbage_ThrowsNothingButTheConfigurationException()
    {
        var noise = Gen.Byte.Array[0, 200];
        var marks = Gen.Char["{}[]:,-?&*!|>'\"%@`#<~$ \n\t\rab1\0\u0085\u2028"].Array[0, 200].Select(chars => Encoding.UTF8.GetBytes(chars));
        var pieces = OneOf("engine:", "plugins:", "hubspot:", "config:", "  ", "\n", "- ", "{", "}", "${", "$$", "A:-", "}", "timeout", "api_key", ": ", "1", "&a ", "*a", "!!x ", "<<", "---", "...", "|\n", "\"", "'", "\\x", "%YAML 1.2")
            .Array[0, 40].Select(words => Encoding.UTF8.GetBytes(string.Concat(words)));

        Gen.Select(Gen.OneOf(noise, marks, pieces), OneOf("f.yaml", "f.json")).Sample((bytes, name) =>
        {
            var options = ConfigFile.CreateOptions();
            try
            {
                var configuration = new ConfigurationBuilder().AddFastEnrichStream(new MemoryStream(bytes), name).Build();
                options.Bind(configuration, ConfigFile.Variables([]));
            }
            catch (FastEnrichConfigurationException exception)
            {
                Assert.NotEmpty(exception.Errors);
            }
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("\"")]
    [InlineData("a: b\n")]
    [InlineData("!")]
    [InlineData("a,")]
    public void Read_OneMebibyteOfOnePiece_EndsWithAMistake(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (1024 * 1024 / piece.Length) - 8));

        Assert.NotEmpty(ConfigDocumentReader.Read(Encoding.UTF8.GetBytes(text), "f.yaml").Errors);
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<object?> Tree(int depth) => depth == 0 ? Leaf() : Mapping(depth).Select(map => (object?)map);

    private static Gen<object?> Leaf() => Gen.OneOf(Text.Select(text => (object?)text), Gen.Const((object?)null));

    private static Gen<Dictionary<string, object?>> Mapping(int depth) =>
        Gen.Dictionary(Word, Gen.OneOf(Leaf(), Tree(depth - 1), Tree(depth - 1).Array[0, 3].Select(items => (object?)items)))[0, 4];

    private static void Flatten(object? value, string path, SortedDictionary<string, string?> into)
    {
        IEnumerable<KeyValuePair<string, object?>> children = value switch
        {
            Dictionary<string, object?> map => map,
            object?[] items => items.Select((item, index) => KeyValuePair.Create(index.ToString(), item)),
            _ => [],
        };
        foreach (var (key, child) in children)
        {
            Flatten(child, path.Length == 0 ? key : path + ":" + key, into);
        }

        if (!children.Any() && path.Length > 0)
        {
            into[path] = value is object?[] ? "" : value as string;
        }
    }

    private static string Write(object? value) => value switch
    {
        Dictionary<string, object?> map => "{" + string.Join(", ", map.Select(pair => $"\n{Quote(pair.Key)}: {Write(pair.Value)}")) + "}",
        object?[] items => "[" + string.Join(", ", items.Select(Write)) + "]",
        string text => Quote(text),
        _ => "null",
    };

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t") + "\"";
}
