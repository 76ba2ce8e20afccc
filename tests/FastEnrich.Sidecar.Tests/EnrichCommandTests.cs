using System.Text;
using System.Text.Json;

namespace FastEnrich.Sidecar.Tests;

public sealed class EnrichCommandTests
{
    private static readonly string[] s_enrich = ["enrich", "--demo", "--input", "-"];

    [Theory]
    [MemberData(nameof(OddIds.AsLines), MemberType = typeof(OddIds))]
    public async Task Enrich_OddIdOnALine_IsServedUnderItsOwnName(string userId)
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(new FakeEnricher(), userId + "\n", s_enrich);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(userId, UserIdOf(Assert.Single(lines)));
    }

    [Theory]
    [MemberData(nameof(OddIds.All), MemberType = typeof(OddIds))]
    public async Task Enrich_OddIdAsJson_IsServedUnderItsOwnName(string userId)
    {
        var json = $"{{\"user_id\":{JsonSerializer.Serialize(userId, TestJson.Default.String)}}}";

        var (exitCode, lines, _) = await CliRun.RunAsync(new FakeEnricher(), json, s_enrich);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(userId, UserIdOf(Assert.Single(lines)));
    }

    [Theory]
    [InlineData("", "a user id must not be empty")]
    [InlineData("{\"user_id\":\"\"}", "a user id must not be empty")]
    [InlineData("{\"user_id\":7}", "user_id must be a string")]
    [InlineData("{\"user_id\":null}", "user_id must be a string")]
    [InlineData("{}", "user_id is missing")]
    [InlineData("{\"user_id\":\"a\"", "the line is not one JSON object")]
    [InlineData("{\"user_id\":\"a\"} x", "the line is not one JSON object")]
    [InlineData("{nonsense", "the line is not one JSON object")]
    [InlineData("{\"user_id\":\"\\ud800\"}", "a text in the line has a lone surrogate; user ids and identities are well-formed Unicode")]
    [InlineData("{\"user_id\":\"a\",\"user_id\":\"b\"}", "a line has the members user_id and identities, each once, and no other")]
    [InlineData("{\"user_id\":\"a\",\"identites\":{}}", "a line has the members user_id and identities, each once, and no other")]
    [InlineData("{\"user_id\":\"a\",\"identities\":[]}", "identities must be an object of strings")]
    [InlineData("{\"user_id\":\"a\",\"identities\":{\"email\":1}}", "identities must be an object of strings")]
    [InlineData("{\"user_id\":\"a\",\"identities\":{\"email\":\"\\udfff\"}}", "a text in the line has a lone surrogate; user ids and identities are well-formed Unicode")]
    [InlineData("{\"user_id\":\"a\",\"identities\":{\"email\":\"x\",\"email\":\"y\"}}", "an identity is given twice")]
    [InlineData("{\"user_id\":\"a\",\"identities\":{\"email\":\"\"}}", "a line has at most 16 identities, with names of 1 to 64 and values of 1 to 512 UTF-8 bytes")]
    public async Task Enrich_LineThatCannotBeRead_GivesOneErrorLineInItsPlace(string line, string message)
    {
        var (exitCode, lines, error) = await CliRun.RunAsync(new FakeEnricher(), $"first\n{line}\nlast\n", s_enrich);

        Assert.Equal(ExitCodes.WithErrors, exitCode);
        Assert.Equal(3, lines.Length);
        Assert.Equal("first", UserIdOf(lines[0]));
        Assert.Equal("last", UserIdOf(lines[2]));
        var refused = JsonDocument.Parse(lines[1]).RootElement.GetProperty("error");
        Assert.Equal(2, refused.GetProperty("line").GetInt64());
        Assert.Equal(message, refused.GetProperty("message").GetString());
        Assert.Contains("1 lines refused", error);
    }

    [Theory]
    [InlineData(513)]
    [InlineData(10_000)]
    [InlineData(70_000)]
    [InlineData(5_000_000)]
    public async Task Enrich_TooLongId_GivesOneErrorLineWithItsBeginning(int length)
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(new FakeEnricher(), $"{new string('x', length)}\nnext", s_enrich);

        Assert.Equal(ExitCodes.WithErrors, exitCode);
        Assert.Equal(2, lines.Length);
        Assert.Equal(new string('x', 64), JsonDocument.Parse(lines[0]).RootElement.GetProperty("error").GetProperty("user_id").GetString());
        Assert.Equal("next", UserIdOf(lines[1]));
    }

    [Fact]
    public async Task Enrich_TooLongIdOfEmoji_IsNotCutInsideACharacter()
    {
        var (_, lines, _) = await CliRun.RunAsync(new FakeEnricher(), "x" + string.Concat(Enumerable.Repeat("😀", 200)), s_enrich);

        var excerpt = JsonDocument.Parse(Assert.Single(lines)).RootElement.GetProperty("error").GetProperty("user_id").GetString()!;
        Assert.Equal("x" + string.Concat(Enumerable.Repeat("😀", 31)), excerpt);
    }

    [Fact]
    public async Task Enrich_InvalidUtf8_GivesOneErrorLine()
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(new FakeEnricher(), [(byte)'a', 0xC3, 0x28, (byte)'\n', (byte)'b'], s_enrich);

        Assert.Equal(ExitCodes.WithErrors, exitCode);
        Assert.Equal("the line is not valid UTF-8", JsonDocument.Parse(lines[0]).RootElement.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("b", UserIdOf(lines[1]));
    }

    [Fact]
    public async Task Enrich_LinesInAnyMixture_OneLineOutForEachInOrder()
    {
        var input = Enumerable.Range(0, 20_000).Select(i => i % 3 == 0 ? "" : i % 3 == 1 ? $"u{i}" : $"{{\"user_id\":\"u{i}\"}}").ToArray();

        var (_, lines, _) = await CliRun.RunAsync(new FakeEnricher(), string.Join('\n', input) + "\n", s_enrich);

        Assert.Equal(input.Length, lines.Length);
        for (var i = 0; i < input.Length; i++)
        {
            var root = JsonDocument.Parse(lines[i]).RootElement;
            Assert.True(i % 3 == 0 ? root.GetProperty("error").GetProperty("line").GetInt64() == i + 1 : root.GetProperty("user_id").GetString() == $"u{i}");
        }
    }

    [Fact]
    public async Task Enrich_MoreRefusedLinesThanTheLookAhead_Ends()
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(new FakeEnricher(), new string('\n', 10_000), s_enrich);

        Assert.Equal(ExitCodes.WithErrors, exitCode);
        Assert.Equal(10_000, lines.Length);
    }

    [Theory]
    [InlineData("a\r\nb\r\n")]
    [InlineData("\uFEFFa\nb")]
    public async Task Enrich_TerminatorsAndByteOrderMark_AreNoPartOfAnId(string input)
    {
        var (_, lines, _) = await CliRun.RunAsync(new FakeEnricher(), input, s_enrich);

        Assert.Equal(["a", "b"], lines.Select(UserIdOf));
    }

    [Fact]
    public async Task Enrich_SpacesAndCarriageReturnsWithinALine_ArePartOfTheId()
    {
        var (_, lines, _) = await CliRun.RunAsync(new FakeEnricher(), " a \n\rb\n", s_enrich);

        Assert.Equal([" a ", "\rb"], lines.Select(UserIdOf));
    }

    [Fact]
    public async Task Enrich_Identities_ReachTheEngineAsTrusted()
    {
        var enricher = new FakeEnricher();

        await CliRun.RunAsync(enricher, "{\"identities\":{\"email\":\"a@example.com\"},\"user_id\":\"u\"}", [.. s_enrich, "--timeout", "250ms"]);

        var call = Assert.Single(enricher.Calls);
        Assert.Equal("a@example.com", call.Identities["email"]);
        Assert.False(call.Options.UntrustedIdentities);
        Assert.Equal(TimeSpan.FromMilliseconds(250), call.Options.Deadline);
    }

    [Fact]
    public async Task Enrich_ProfileWithErrors_ExitsOneAndCountsThePlugin()
    {
        var (exitCode, lines, error) = await CliRun.RunAsync(new FakeEnricher { Fails = id => id == "b" }, "a\nb\nc\n", s_enrich);

        Assert.Equal(ExitCodes.WithErrors, exitCode);
        Assert.Equal(3, lines.Length);
        Assert.Contains("failures   fake 1", error);
        Assert.Contains("hit ratio  100.0 % of 2 results", error);
        Assert.Contains("profiles   3", error);
    }

    [Theory]
    [InlineData("full", true)]
    [InlineData("merged", false)]
    public async Task Enrich_View_DecidesOnTheResultsByPlugin(string view, bool expected)
    {
        var (_, lines, _) = await CliRun.RunAsync(new FakeEnricher(), "a", [.. s_enrich, "--view", view]);

        Assert.Equal(expected, JsonDocument.Parse(lines[0]).RootElement.TryGetProperty("enrichments", out _));
    }

    [Theory]
    [InlineData("always", true)]
    [InlineData("auto", false)]
    [InlineData("never", false)]
    public async Task Enrich_Progress_IsDrawnOnlyWhenAskedOrOnATerminal(string progress, bool expected)
    {
        var slow = new SlowInput(["a\n", "b\n"], TimeSpan.FromMilliseconds(150));

        var (_, error) = await CliRun.RunAsync(new FakeEnricher(), slow, new MemoryStream(), [.. s_enrich, "--progress", progress]);

        Assert.Equal(expected, error.Contains('\r'));
    }

    [Fact]
    public async Task Enrich_ReaderOfTheOutputGoesAway_EndsQuietly()
    {
        var (exitCode, error) = await CliRun.RunAsync(new FakeEnricher(), new MemoryStream(Encoding.UTF8.GetBytes("a\nb\n")), new BrokenOutput(32), s_enrich);

        Assert.Equal(ExitCodes.OutputClosed, exitCode);
        Assert.Equal("", error);
    }

    [Fact]
    public async Task Enrich_ReaderGoesAwayWhileAProfileIsAwaited_EndsQuietly()
    {
        var (exitCode, error) = await CliRun.RunAsync(new FakeEnricher(), new MemoryStream(Encoding.UTF8.GetBytes("a\nslow\n")), new BrokenOutput(32), s_enrich);

        Assert.Equal(ExitCodes.OutputClosed, exitCode);
        Assert.Equal("", error);
    }

    [Fact]
    public async Task Enrich_DiskIsFull_SaysSoAndExitsOne()
    {
        var (exitCode, error) = await CliRun.RunAsync(new FakeEnricher(), new MemoryStream(Encoding.UTF8.GetBytes("a\nb\n")), new BrokenOutput(28), s_enrich);

        Assert.Equal(ExitCodes.WithErrors, exitCode);
        Assert.Contains("the output cannot be written", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Enrich_FilesGiven_ReadsAndWritesThem()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (input, output) = (Path.Combine(folder.FullName, "in"), Path.Combine(folder.FullName, "out"));
            await File.WriteAllTextAsync(input, "a\nb\n");

            var (exitCode, lines, _) = await CliRun.RunAsync(new FakeEnricher(), "", "enrich", "--demo", "-i", input, "-o", output);

            Assert.Equal(ExitCodes.Done, exitCode);
            Assert.Empty(lines);
            Assert.Equal(["a", "b"], File.ReadLines(output).Select(UserIdOf));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? UserIdOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("user_id").GetString();
}
