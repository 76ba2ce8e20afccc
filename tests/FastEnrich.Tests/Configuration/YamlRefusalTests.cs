using System.Text;
using FastEnrich.Configuration;

namespace FastEnrich.Tests.Configuration;

public sealed class YamlRefusalTests
{
    [Theory]
    [InlineData("a: &x 1", "f.yaml:1:4: a: expected a value without an anchor")]
    [InlineData("a:\n  b: *x", "f.yaml:2:6: a:b: expected a value, not an alias")]
    [InlineData("a: !!str 1", "f.yaml:1:4: a: expected a value without a tag")]
    [InlineData("a: { <<: 1 }", "f.yaml:1:6: a: expected keys that are written out, not merged with '<<'")]
    [InlineData("a: 1\nb: 2\na: 3", "f.yaml:3:1: a: expected each key once, and it is on line 1 too")]
    [InlineData("api_key: 1\nApi-Key: 3", "f.yaml:2:1: Api-Key: expected each key once, and it is on line 1 too")]
    [InlineData("a: 1\n---\nb: 2", "f.yaml:2:1: (file): expected one document; the file has several")]
    [InlineData("a: 1\n...\n---\n", "f.yaml:3:1: (file): expected one document; the file has several")]
    [InlineData("a: [1, 2", "f.yaml:2:1: a: expected well-formed YAML (while parsing a flow sequence")]
    [InlineData("a: b: c", "f.yaml:1:5: a: expected well-formed YAML (while scanning a plain scalar value, found invalid mapping)")]
    [InlineData("- a\n", "f.yaml:1:1: (file): expected a mapping at the top")]
    [InlineData("text", "f.yaml:1:1: (file): expected a mapping at the top")]
    [InlineData("? [a]\n: 1", "f.yaml:1:3: (file): expected a key that is text")]
    [InlineData("'a:b': 1", "f.yaml:1:1: (file): expected keys of at least one character, without ':'")]
    [InlineData("'': 1", "f.yaml:1:1: (file): expected keys of at least one character")]
    [InlineData("a: 1\nb: x\0y\nc: 1", "f.yaml:2:5: (file): expected text without control characters")]
    public void Read_Refused_ReportsTheMistakeAtItsPlace(string yaml, string expected)
    {
        var document = ConfigDocumentReader.Read(Encoding.UTF8.GetBytes(yaml), "f.yaml");

        Assert.StartsWith(expected, Assert.Single(document.Errors).Error.ToString());
    }

    [Fact]
    public void Read_InvalidUtf8_ReportsTheMistakeAtItsPlace()
    {
        var document = ConfigDocumentReader.Read([(byte)'a', (byte)':', (byte)'\n', (byte)' ', 0xC3, 0x28], "f.yaml");

        Assert.Equal("f.yaml:2:2: (file): expected valid UTF-8", Assert.Single(document.Errors).Error.ToString());
    }

    [Theory]
    [InlineData(32, 0)]
    [InlineData(33, 1)]
    public void Read_Depth_IsAtMost32(int depth, int errors)
    {
        var yaml = "a: " + new string('[', depth - 1) + new string(']', depth - 1);
        var json = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);

        Assert.Equal(errors, ConfigDocumentReader.Read(Encoding.UTF8.GetBytes(yaml), "f.yaml").Errors.Count);
        Assert.Equal(errors, ConfigDocumentReader.Read(Encoding.UTF8.GetBytes(json), "f.json").Errors.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void ReadFile_Size_IsAtMostOneMebibyte(int extra, int errors)
    {
        using var file = new ConfigFile("#" + new string('x', (1024 * 1024) - 1 + extra));

        Assert.Equal(errors, ConfigDocumentReader.ReadFile(file.Path).Errors.Count);
    }

    [Fact]
    public void ReadFile_Missing_IsAMistake()
    {
        var document = ConfigDocumentReader.ReadFile("/nowhere/at/all.yaml");

        Assert.Equal("/nowhere/at/all.yaml: (file): expected an existing file", Assert.Single(document.Errors).Error.ToString());
    }

    [Fact]
    public void ReadFile_Directory_IsAMistake()
    {
        Assert.Single(ConfigDocumentReader.ReadFile(Path.GetTempPath()).Errors);
    }

    [Fact]
    public void Read_SeveralRefusals_ReportsAll()
    {
        var document = ConfigDocumentReader.Read("a: &x 1\nb: *x\nb: 2\nc: !t 3\n"u8, "f.yaml");

        Assert.Equal([1, 2, 3, 4], document.Errors.Select(error => error.Line));
    }

    [Theory]
    [InlineData("{\"a\": 1, \"A\": 2}", "f.json:1:10: A: expected each key once")]
    [InlineData("{\n  \"a\": tru }", "f.json:2:")]
    [InlineData("[1]", "f.json:1:1: (file): expected a mapping at the top")]
    [InlineData("{} {}", "f.json:1:4: (file): expected well-formed JSON")]
    [InlineData("{\"é\": 1, \"b:c\": 2}", "f.json:1:10: (file): expected keys of at least one character")]
    public void Read_RefusedJson_ReportsTheMistakeAtItsPlace(string json, string expected)
    {
        var document = ConfigDocumentReader.Read(Encoding.UTF8.GetBytes(json), "f.json");

        Assert.StartsWith(expected, Assert.Single(document.Errors).Error.ToString());
    }
}
