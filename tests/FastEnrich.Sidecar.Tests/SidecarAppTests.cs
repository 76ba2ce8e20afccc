namespace FastEnrich.Sidecar.Tests;

public sealed class SidecarAppTests
{
    [Theory]
    [InlineData("enrich")]
    [InlineData("enrich", "--demo", "--nonsense")]
    [InlineData("enrich", "--demo", "--view", "half")]
    [InlineData("enrich", "--demo", "--users", "0")]
    [InlineData("enrich", "--demo", "--users", "many")]
    [InlineData("enrich", "--demo", "--timeout", "soon")]
    [InlineData("enrich", "--demo", "--timeout", "0")]
    [InlineData("enrich", "--demo", "--input", "/no/such/file")]
    [InlineData("enrich", "--demo", "--input", "/etc/hostname", "--output", "/etc/../etc/hostname")]
    [InlineData("nonsense")]
    [InlineData]
    [InlineData("serve", "--demo", "--urls", "ftp://127.0.0.1:1")]
    [InlineData("serve", "--demo", "--urls", "https://127.0.0.1:1")]
    [InlineData("serve", "--demo", "--urls", "http://127.0.0.1:99999")]
    [InlineData("serve", "--demo", "--urls", "http://0.0.0.0:0")]
    [InlineData("serve", "--demo", "--urls", "http://*:0")]
    [InlineData("serve", "--demo", "--unix-socket", "/tmp/a-path-that-is-longer-than-what-the-address-of-a-unix-socket-holds-whatever-the-system-0123456789abcdef")]
    [InlineData("serve", "--demo", "--unix-socket", "/no/such/folder/socket")]
    public async Task Run_WrongUsage_ExitsTwoWithAMessage(params string[] args)
    {
        var (exitCode, lines, error) = await CliRun.RunAsync(new FakeEnricher(), "", args);

        Assert.Equal(ExitCodes.BadUsage, exitCode);
        Assert.Empty(lines);
        Assert.StartsWith("fastenrich: ", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Theory]
    [InlineData("--help", "enrich")]
    [InlineData("enrich --help", "--demo")]
    [InlineData("serve --help", "--unix-socket")]
    [InlineData("config validate --help", "mistake")]
    public async Task Run_Help_ExplainsAndExitsZero(string args, string expected)
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(null, "", args.Split(' '));

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains(lines, line => line.Contains(expected));
        Assert.Contains(lines, line => line.Contains("fastenrich"));
    }

    [Fact]
    public async Task Run_Version_PrintsThreeNumbers()
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(null, "", "--version");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+$", Assert.Single(lines));
    }
}
