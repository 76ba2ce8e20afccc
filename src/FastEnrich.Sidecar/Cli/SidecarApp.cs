using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FastEnrich.Sidecar.Cli;

/// <summary>The command line: parses, runs a command, and turns what went wrong into a message and an exit code.</summary>
internal static class SidecarApp
{
    public static async Task<int> RunAsync(string[] args, SidecarIO io, CancellationToken cancellationToken)
    {
        var parsed = CreateRoot(io).Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(io, parsed);
        }

        try
        {
            using var output = new StreamWriter(io.Output, leaveOpen: true);
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = io.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // Program handles signals
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (RefusedException e)
        {
            io.Error.WriteLine($"fastenrich: {e.Message}");
            return ExitCode.WithErrors;
        }
        catch (UsageException e)
        {
            io.Error.WriteLine($"fastenrich: {e.Message}");
            return ExitCode.BadUsage;
        }
        catch (FastEnrichConfigurationException e)
        {
            foreach (var error in e.Errors)
            {
                io.Error.WriteLine(error.ToString());
            }

            return ExitCode.BadUsage;
        }
        catch (PluginException e)
        {
            io.Error.WriteLine($"fastenrich: the plugin {e.Plugin} cannot run: {e.Message}");
            return ExitCode.BadUsage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            io.Error.WriteLine($"fastenrich: failed inside ({e.GetType().Name})"); // messages and traces of unknown origin may hold ids
            return ExitCode.WithErrors;
        }
    }

    private static Command CreateRoot(SidecarIO io)
    {
        // Not RootCommand: that one calls itself what the file is called.
        return new Command(
            "fastenrich",
            "One profile of a user from many systems: from memory, else from the systems, partial at the deadline rather than late. "
            + "Try it without any set-up: fastenrich enrich --demo --users 3")
        {
            EnrichCommand.Create(io),
            ServeCommand.Create(io),
            ConfigCommand.Create(io),
            PluginsCommand.Create(io),
            DemoUpstreamsCommand.Create(io),
            new HelpOption(),
            new VersionOption { Action = new PrintVersion() },
        };
    }

    private static int Refuse(SidecarIO io, ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            io.Error.WriteLine($"fastenrich: {error.Message}");
        }

        var command = parsed.CommandResult.Command == parsed.RootCommandResult.Command ? "" : " " + parsed.CommandResult.Command.Name;
        io.Error.WriteLine($"Run 'fastenrich{command} --help' to see what there is.");
        return ExitCode.BadUsage;
    }

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ProductVersion.Value);
            return ExitCode.Done;
        }
    }
}
