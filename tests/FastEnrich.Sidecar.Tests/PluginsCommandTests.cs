using System.Text.Json;
using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Tests;

/// <summary><c>fastenrich plugins</c> without a sidecar.</summary>
public sealed class PluginsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastenrich-plugins-").FullName;

    [Fact]
    public async Task List_NoConfiguration_ShowsWhatIsCompiledIn()
    {
        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", "plugins", "list");

        Assert.Equal((ExitCodes.Done, ""), (exitCode, error));
        Assert.StartsWith("NAME ", lines[0]);
        Assert.Contains(lines, static line => line.StartsWith("hubspot ", StringComparison.Ordinal) && line.Contains("installed"));
        Assert.Contains(lines, static line => line.StartsWith("salesforce ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_Configuration_ShowsStatesAndFolderAndWritesNothing()
    {
        var config = Write();

        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", "plugins", "list", "--json", "--config", config);

        Assert.Equal((ExitCodes.Done, ""), (exitCode, error));
        var states = JsonDocument.Parse(Assert.Single(lines)).RootElement.GetProperty("plugins").EnumerateArray()
            .ToDictionary(static plugin => plugin.GetProperty("name").GetString()!, static plugin => plugin.GetProperty("state").GetString());
        Assert.Equal(("enabled", "disabled", "installed", "installed"), (states["hubspot"], states["pipedrive"], states["salesforce"], states["loyalty"]));
        Assert.Equal(["loyalty"], Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "plugins")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Review_Configuration_IsKeptInItsFolder()
    {
        var config = Write();

        var review = await CliRun.RunAsync(null, "", "plugins", "review", "loyalty", "--rating", "4", "--comment", "ok", "--reviewer", "Ann", "--config", config);
        var show = await CliRun.RunAsync(null, "", "plugins", "show", "loyalty", "--config", config);

        Assert.Equal((ExitCodes.Done, ExitCodes.Done), (review.ExitCode, show.ExitCode));
        Assert.Contains(show.Lines, static line => line.EndsWith("1.0.0 Ann: ok", StringComparison.Ordinal));
        Assert.Contains("average_rating      4", show.Lines);
    }

    [Theory]
    [InlineData("show nobody", ExitCodes.WithErrors, "no plugin of that name is known")]
    [InlineData("review nobody --rating 4 --config CONFIG", ExitCodes.WithErrors, "no plugin of that name is known")]
    [InlineData("review loyalty --rating 9 --config CONFIG", ExitCodes.BadUsage, "a rating is a whole number from 1 to 5")]
    [InlineData("review hubspot --rating 4", ExitCodes.BadUsage, "there is nowhere to keep a review")]
    [InlineData("review hubspot", ExitCodes.BadUsage, "--rating")]
    [InlineData("enable hubspot", ExitCodes.BadUsage, "nothing was changed: no running sidecar is named")]
    [InlineData("disable hubspot --config CONFIG", ExitCodes.BadUsage, "nothing was changed: no running sidecar is named")]
    [InlineData("search --sort planted", ExitCodes.BadUsage, "sort is name, rating, usage or date")]
    [InlineData("search --limit 0", ExitCodes.BadUsage, "limit is a number from 1 to 1000")]
    [InlineData("list --config /no/such/file.yaml", ExitCodes.BadUsage, "/no/such/file.yaml")]
    [InlineData("list --url http://127.0.0.1:1 --unix-socket /tmp/x", ExitCodes.BadUsage, "name one")]
    [InlineData("list --url ftp://planted", ExitCodes.BadUsage, "--url is an address")]
    [InlineData("list --url http://user:planted@localhost", ExitCodes.BadUsage, "--url is an address")]
    [InlineData("list --url http://127.0.0.1:1", ExitCodes.WithErrors, "the sidecar cannot be reached")]
    [InlineData("list --unix-socket /no/such/socket", ExitCodes.WithErrors, "the sidecar cannot be reached")]
    [InlineData("show .. --url http://127.0.0.1:1", ExitCodes.BadUsage, "a plugin's name has 1 to 64 characters")]
    public async Task Run_CannotBeDone_SaysWhyAndExits(string command, int exitCode, string error)
    {
        var config = Write();

        var run = await CliRun.RunAsync(null, "", ["plugins", .. command.Replace("CONFIG", config).Split(' ')]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(error, run.Error);
        Assert.Empty(run.Lines);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.DoesNotContain("planted", run.Error);
        Assert.Equal(["loyalty"], Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "plugins")).Select(Path.GetFileName).Where(static name => name![0] != '.'));
    }

    [Fact]
    public async Task Run_TokenOverPlainHttpToAnotherMachine_IsRefused()
    {
        var error = new StringWriter();
        var io = new SidecarIO
        {
            Input = Stream.Null, Output = Stream.Null, Error = error, Variables = new Dictionary<string, string> { [PluginsClient.TokenVariable] = "planted-token-0123456789" },
        };

        var exitCode = await SidecarApp.RunAsync(["plugins", "list", "--url", "http://192.0.2.1"], io, CancellationToken.None);

        Assert.Equal(ExitCodes.BadUsage, exitCode);
        Assert.Contains("use https", error.ToString());
        Assert.DoesNotContain("planted", error.ToString());
    }

    [Theory]
    [InlineData("a\u001b[31mb\u202ec\nd", "a?[31mb?c?d")]
    [InlineData("0123456789xy", "01234567...")]
    [InlineData("ä👍", "ä👍")]
    public void Shown_TextOfUnknownOrigin_IsOneHarmlessLine(string text, string shown) => Assert.Equal(shown, PluginsTable.Shown(text, 11));

    [Theory]
    [InlineData("log-level hubspot")]
    [InlineData("log-level hubspot debug")]
    [InlineData("log-level hubspot loud", "a level is one of trace, ")]
    public async Task LogLevel_NoSidecarOrNoLevel_SaysSoAndExitsTwo(string command, string reason = "or set plugins.<name>.log_level in its configuration")
    {
        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", ["plugins", .. command.Split(' '), "--config", Write()]);

        Assert.Equal(ExitCodes.BadUsage, exitCode);
        Assert.Empty(lines);
        Assert.Contains(reason, error);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show")]
    [InlineData("search")]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("review")]
    [InlineData("log-level")]
    public async Task Help_EachCommand_NamesItsExitCodes(string command)
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(null, "", "plugins", command, "--help");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("Exit codes: 0 done", string.Join(' ', lines.Select(static line => line.Trim())));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "plugins", "loyalty"));
        File.WriteAllText(Path.Combine(_folder, "plugins", "loyalty", "plugin.json"), """{"name":"loyalty","version":"1.0.0"}""");
        var config = Path.Combine(_folder, "fastenrich.yaml");
        File.WriteAllText(config, "engine: { plugin_dir: ./plugins }\nplugins:\n  hubspot: { config: { api_key: unused } }\n  pipedrive: { enabled: false }\n");
        return config;
    }
}
