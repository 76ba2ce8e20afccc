using System.CommandLine;
using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Cli;

/// <summary><c>fastenrich demo-upstreams</c>: the simulated systems alone, for an engine of one's own.</summary>
internal sealed class DemoUpstreamsCommand
{
    private const int DefaultPort = 8101;
    private const int HighestPort = 65535 - DemoSettings.Systems + 1;

    private readonly Option<int> _users = CommonOptions.Users();
    private readonly Option<int> _seed = CommonOptions.Seed();
    private readonly Option<int> _port = Port();

    public static Command Create(SidecarIO io)
    {
        var options = new DemoUpstreamsCommand();
        var command = new Command(
            "demo-upstreams",
            "Runs the demo's five systems alone, each on a loopback port of its own, and prints a ready fastenrich.yaml that asks them to standard output. Ends on Ctrl-C. "
            + "Try: fastenrich demo-upstreams > fastenrich.yaml & fastenrich serve --config fastenrich.yaml")
        {
            options._port, options._users, options._seed,
        };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, io, cancellationToken));
        return command;
    }

    private static Option<int> Port()
    {
        var option = new Option<int>("--port")
        {
            HelpName = "n",
            Description = $"The first of the five ports, 1 to {HighestPort}; 0 takes free ones.",
            DefaultValueFactory = _ => DefaultPort,
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token, ..] && int.TryParse(token.Value, out var port) && port is < 0 or > HighestPort)
            {
                result.AddError($"--port is a number from 0 to {HighestPort}");
            }
        });
        return option;
    }

    private async Task<int> RunAsync(ParseResult parsed, SidecarIO io, CancellationToken cancellationToken)
    {
        var demo = new DemoSettings(parsed.GetValue(_users), parsed.GetValue(_seed), parsed.GetValue(_port));
        await using var upstreams = await DemoUpstreams.StartAsync(demo, CancellationToken.None);
        var output = parsed.InvocationConfiguration.Output;
        DemoConfiguration.Write(upstreams, output);
        await output.FlushAsync(CancellationToken.None); // whoever waits for the file starts now
        io.Error.WriteLine("five systems are running; Ctrl-C ends them");
        await Stopping.WaitAsync(cancellationToken);
        return ExitCode.Done;
    }
}
