using System.CommandLine;
using FastEnrich.Sidecar.Bulk;
using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Cli;

/// <summary><c>fastenrich enrich</c>: one line in, one line out.</summary>
internal sealed class EnrichCommand
{
    private static readonly TimeSpan s_maxTimeout = TimeSpan.FromMinutes(10);

    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<string?> _input = new("--input", "-i")
    {
        HelpName = "file",
        Description = "Where user ids are read from; - is standard input, the default without --demo.",
    };
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "file", Description = "Where profiles are written to; - is standard output, the default." };
    private readonly Option<bool> _demo = CommonOptions.Demo();
    private readonly Option<int> _users = CommonOptions.Users();
    private readonly Option<int> _seed = CommonOptions.Seed();
    private readonly Option<string> _view = CommonOptions.OneOf("--view", "The whole profile, or without the results by plugin.", "full", "full", "merged");
    private readonly Option<string> _progress = CommonOptions.OneOf(
        "--progress", "Whether a progress bar is drawn on standard error; auto: when that is a terminal.", "auto", "auto", "always", "never");
    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration(
        "--timeout", "How long a user's profile is waited for; then it is written as far as it is known. Without it: engine.timeout.", null, s_maxTimeout);
    private readonly Option<string> _logLevel = CommonOptions.LogLevel();

    public static Command Create(SidecarIO io)
    {
        var options = new EnrichCommand();
        var command = new Command(
            "enrich",
            "Reads user ids, writes profiles: one line of JSON for each line of input, in its order. A line is an id as it stands, or, when it begins with {, "
            + "an object: {\"user_id\":\"u1\",\"identities\":{\"email\":\"a@example.com\"}} (the way for ids with line breaks). A line that cannot be read, blank ones included, "
            + "gives {\"error\":{\"line\":...,\"message\":...}} in its place. "
            + "Exit codes: 0 done, 1 a line was refused or a profile has errors, 2 wrong usage or configuration.")
        {
            options._config, options._input, options._output, options._demo, options._users, options._seed,
            options._view, options._progress, options._timeout, options._logLevel,
        };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, io, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, SidecarIO io, CancellationToken cancellationToken)
    {
        var demo = parsed.GetValue(_demo) ? new DemoSettings(parsed.GetValue(_users), parsed.GetValue(_seed)) { IsBulk = true } : null;
        await using var setup = await EngineSetup.CreateAsync(io, parsed.GetValue(_config), demo, parsed.GetValue(_logLevel)!, cancellationToken);
        var inputPath = parsed.GetValue(_input);
        var outputPath = parsed.GetValue(_output);
        RefuseSameFile(inputPath, outputPath);
        await using var inputFile = Open(inputPath, "--input", static path => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, useAsync: true));
        await using var outputFile = Open(outputPath, "--output", static path => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0, useAsync: true));
        await setup.Engine.StartAsync(cancellationToken);

        var population = inputPath is null ? setup.Demo?.Population : null;
        var lines = population is null ? LineReader.ReadAllAsync(inputFile ?? io.Input, cancellationToken) : DemoLines.ReadAllAsync(population.UserIds);
        var run = new BulkRun(
            setup.Engine.Enricher,
            parsed.GetValue(_view) == "merged" ? ProfileView.Merged : ProfileView.Full,
            new EnrichOptions { Deadline = parsed.GetValue(_timeout) },
            lookAhead: 2 * setup.Options.Engine.BulkWindow, // so that the engine's window is full while lines wait for their turn
            io.TimeProvider);
        var progress = Shows(parsed.GetValue(_progress)!, io) ? new ProgressBar(io.Error, population?.Count, io.TimeProvider) : null;
        return await RunAsync(run, lines, outputFile ?? io.Output, progress, setup.Engine, io, cancellationToken);
    }

    private static async Task<int> RunAsync(
        BulkRun run, IAsyncEnumerable<InputLine> lines, Stream output, ProgressBar? progress, EngineHost engine, SidecarIO io, CancellationToken cancellationToken)
    {
        var exitCode = ExitCode.Done;
        try
        {
            await run.RunAsync(lines, output, progress, cancellationToken);
        }
        catch (OutputFailedException e) when (e.ReaderIsGone)
        {
            return ExitCode.OutputClosed; // as quiet as cat
        }
        catch (OutputFailedException)
        {
            io.Error.WriteLine("fastenrich: the output cannot be written");
            exitCode = ExitCode.WithErrors;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            io.Error.WriteLine("fastenrich: the input cannot be read any further");
            exitCode = ExitCode.WithErrors;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            exitCode = ExitCode.Interrupted;
        }

        progress?.Clear();
        run.Statistics.WriteSummary(io.Error, engine.Plugins);
        return exitCode == ExitCode.Done && run.Statistics.Refused + run.Statistics.WithErrors > 0 ? ExitCode.WithErrors : exitCode;
    }

    private static bool Shows(string progress, SidecarIO io) => progress == "always" || (progress == "auto" && io.ErrorIsTerminal);

    private static void RefuseSameFile(string? input, string? output)
    {
        if (input is not (null or "-") && output is not (null or "-") && Path.GetFullPath(input) == Path.GetFullPath(output))
        {
            throw new UsageException("--input and --output are the same file");
        }
    }

    private static FileStream? Open(string? path, string option, Func<string, FileStream> open)
    {
        if (path is null or "-")
        {
            return null;
        }

        try
        {
            return open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option}: the file '{path}' cannot be opened");
        }
    }
}
