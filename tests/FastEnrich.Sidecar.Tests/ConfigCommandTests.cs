namespace FastEnrich.Sidecar.Tests;

public sealed class ConfigCommandTests
{
    private const string SixMistakes = """
        engine:
          max_retries: many
          timeout: 30s
        plugins:
          hubspot:
            priority: high
            config:
              api_url: "ftp://planted.example"
              api_key: "${FASTENRICH_TEST_UNSET}"
              timeout: 301
              api_kee: planted-secret
        """;

    [Theory]
    [InlineData("config", "validate")]
    [InlineData("enrich", "--config")]
    [InlineData("serve", "--config")]
    public async Task Run_SixMistakes_ReportsEachWithItsLineAndExitsTwo(string command, string option)
    {
        using var file = new TemporaryFile("fastenrich.yaml", SixMistakes);

        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", command, option, file.Path);

        Assert.Equal(ExitCodes.BadUsage, exitCode);
        Assert.Empty(lines);
        var mistakes = error.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(6, mistakes.Length);
        foreach (var line in (int[])[2, 6, 8, 9, 10, 11])
        {
            Assert.Contains(mistakes, mistake => mistake.Contains($"fastenrich.yaml:{line}:"));
        }

        Assert.DoesNotContain("planted-secret", error);
        Assert.Contains("FASTENRICH_TEST_UNSET", error);
    }

    [Theory]
    [InlineData("config", "validate")]
    [InlineData("enrich", "--config")]
    [InlineData("serve", "--config")]
    public async Task Run_ConnectionOfRedisThatIsNone_ReportsItWithItsLineAndExitsTwo(string command, string option)
    {
        using var file = new TemporaryFile("fastenrich.yaml", "engine:\n  max_retries: many\n  redis:\n    connection: redis://planted:port\n");

        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", command, option, file.Path);

        Assert.Equal(ExitCodes.BadUsage, exitCode);
        Assert.Empty(lines);
        Assert.Contains("fastenrich.yaml:2:", error);
        Assert.Contains("fastenrich.yaml:4:5: engine:redis:connection: found '***'", error);
        Assert.DoesNotContain("planted", error);
    }

    [Fact]
    public async Task Validate_GoodFile_PrintsOk()
    {
        using var file = new TemporaryFile("fastenrich.yaml", "plugins:\n  hubspot:\n    config:\n      api_key: \"${KEY:-planted}\"\n");

        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", "config", "validate", file.Path);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(["OK"], lines);
        Assert.Equal("", error);
    }

    [Theory]
    [InlineData("config", "validate")]
    [InlineData("enrich", "--config")]
    public async Task Run_FileThatIsNotThere_ExitsTwoAndNamesIt(string command, string option)
    {
        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", command, option, "/no/such/file.yaml");

        Assert.Equal(ExitCodes.BadUsage, exitCode);
        Assert.Empty(lines);
        Assert.Contains("/no/such/file.yaml", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Enrich_UpstreamDownAtTrace_LogsNeitherSecretNorId()
    {
        using var file = new TemporaryFile(
            "fastenrich.yaml", "engine: { max_retries: 0 }\nplugins:\n  hubspot:\n    config:\n      api_url: http://127.0.0.1:1\n      api_key: planted-secret\n");

        var (exitCode, lines, error) = await CliRun.RunAsync(
            null, "{\"user_id\":\"987654321\",\"identities\":{\"email\":\"planted@example.com\"}}", "enrich", "--config", file.Path, "--log-level", "trace");

        Assert.Equal(ExitCodes.WithErrors, exitCode);
        Assert.Contains("hubspot", error); // the log is on
        Assert.DoesNotContain("planted", error);
        Assert.DoesNotContain("987654321", error);
        Assert.DoesNotContain("planted-secret", Assert.Single(lines));
        Assert.Contains("CONNECTION_ERROR", lines[0]);
    }

    [Fact]
    public async Task Enrich_DemoWithConfig_KeepsTheConfigurationsSettings()
    {
        using var file = new TemporaryFile("fastenrich.yaml", "plugins:\n  hubspot:\n    priority: 100\n    config:\n      api_url: http://127.0.0.1:1\n      api_key: unused\n");

        var (exitCode, lines, _) = await CliRun.RunAsync(null, "", "enrich", "--config", file.Path, "--demo", "--users", "20");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(20, lines.Length);
        Assert.Contains("\"platforms\":[\"x\",\"linkedin\",\"facebook\"]", lines[0]); // without a priority, facebook's come first
    }
}
