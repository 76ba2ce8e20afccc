using System.Text.RegularExpressions;

namespace FastEnrich;

/// <summary>What the documents promise of the repository.</summary>
public sealed partial class HouseTests
{
    private static readonly string s_root = FindRoot();

    [Fact]
    public void Architecture_EveryPathItNames_Exists()
    {
        var paths = RepositoryPath().Matches(File.ReadAllText(Path.Combine(s_root, "ARCHITECTURE.md"))).Select(match => match.Groups["path"].Value).Distinct().ToArray();

        var missing = paths.Where(path => !Path.Exists(Path.Combine(s_root, path))).ToArray();

        Assert.True(paths.Length >= 10, "ARCHITECTURE.md names the files that a request passes through");
        Assert.Empty(missing);
    }

    [Fact]
    public void Readme_EachExample_IsCompiledAndRunByTheNativeTests()
    {
        var compiled = Sources("tests/FastEnrich.Aot").Select(file => Lines(File.ReadAllText(file))).ToArray();

        var examples = CSharpExample().Matches(File.ReadAllText(Path.Combine(s_root, "README.md"))).Select(match => Lines(match.Groups["code"].Value)).ToArray();

        Assert.True(examples.Length >= 3, "the README shows C#");
        Assert.All(examples, example => Assert.Contains(compiled, file => file.Contains(example, StringComparison.Ordinal)));
    }

    [Fact]
    public void Readme_EveryPathItNames_Exists()
    {
        var paths = RepositoryPath().Matches(File.ReadAllText(Path.Combine(s_root, "README.md"))).Select(match => match.Groups["path"].Value).Distinct();

        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(s_root, path)), path));
    }

    [Fact]
    public void Src_UsesReflection_Nowhere()
    {
        var files = Sources("src").Where(file => Reflection().IsMatch(File.ReadAllText(file))).Select(Relative).ToArray();

        Assert.Empty(files);
    }

    [Fact]
    public void Sources_EveryFile_HasAtMost400Lines()
    {
        var files = Sources("src").Concat(Sources("generators")).Where(file => File.ReadLines(file).Count() > 400).Select(Relative).ToArray();

        Assert.Empty(files);
    }

    [Fact]
    public void Sources_EveryFile_UsesAFileScopedNamespace()
    {
        var files = Sources("src").Concat(Sources("generators")).Where(file => BlockNamespace().IsMatch(File.ReadAllText(file))).Select(Relative).ToArray();

        Assert.Empty(files);
    }

    [Fact]
    public void Sources_EveryLineWithoutALongLiteral_HasAtMost180Characters()
    {
        var lines = new[] { "src", "generators", "benchmarks" }.SelectMany(Sources)
            .SelectMany(file => File.ReadLines(file).Select((text, i) => (Place: $"{Relative(file)}:{i + 1}", Text: text)))
            .Where(line => line.Text.Length > 180 && !Literal().Matches(line.Text).Any(literal => literal.Groups["text"].Length > 100))
            .Select(line => line.Place)
            .ToArray();

        Assert.Empty(lines);
    }

    [Theory]
    [InlineData("`src/FastEnrich`", true)]
    [InlineData("`tests/FastEnrich.Tests/HouseTests.cs`", true)]
    [InlineData("`README.md`", true)]
    [InlineData("`/v1/users/{id}/profile`", false)]
    [InlineData("`plugins/x`", false)]
    [InlineData("`src/*.cs`", false)]
    [InlineData("src/FastEnrich", false)]
    public void RepositoryPath_TextInBackticks_IsTakenWhenItLooksLikeAPath(string text, bool taken) => Assert.Equal(taken, RepositoryPath().IsMatch(text));

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string Relative(string file) => Path.GetRelativePath(s_root, file);

    private static IEnumerable<string> Sources(string folder)
    {
        var path = Path.Combine(s_root, folder);
        var files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories) : [];
        return files.Where(file => !BuildOutput().IsMatch(Relative(file)));
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FastEnrich.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("these tests run inside the repository");
        }

        return folder;
    }

    [GeneratedRegex("""`(?<path>(?:src|tests|generators|benchmarks|docs|eng|\.ci)/[\w./-]+|[A-Z]\w+\.(?:md|sln|props))`""")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^\s*(?:global\s+)?using\s+(?:static\s+)?System\.Reflection\b", RegexOptions.Multiline)]
    private static partial Regex Reflection();

    [GeneratedRegex(@"^namespace\s+[\w.]+\s*(?:\r?\n)?\s*\{", RegexOptions.Multiline)]
    private static partial Regex BlockNamespace();

    /// <summary>A literal on one line; a quote between apostrophes opens none.</summary>
    [GeneratedRegex(""""
        """(?<text>.+?)"""|"(?<text>(?:[^"\\]|\\.)*)"|'\\?.'
        """")]
    private static partial Regex Literal();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CSharpExample();

    [GeneratedRegex(@"[\\/](?:obj|bin)[\\/]")]
    private static partial Regex BuildOutput();
}
