using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace FastEnrich.Sidecar.Cli;

/// <summary><c>fastenrich plugins</c>: which plugins exist, and how to switch and review them.</summary>
internal sealed class PluginsCommand
{
    private const string Default = "default";
    private const string Exits = " Exit codes: 0 done, 1 refused or not reached, 2 wrong usage or configuration.";

    private static readonly string[] s_levels = ["trace", "debug", "information", "warning", "error", "critical", "none", Default];

    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<string?> _url = new("--url")
    {
        HelpName = "url",
        Description = $"A running sidecar, as in http://127.0.0.1:8080. Its bearer token comes from the environment variable {PluginsClient.TokenVariable}.",
    };
    private readonly Option<string?> _unixSocket = new("--unix-socket") { HelpName = "path", Description = "The Unix socket of a running sidecar." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, as the sidecar's /v1/plugins gives it, instead of text for people." };
    private readonly Argument<string> _name = new("name") { Description = "The plugin's name." };
    private readonly SidecarIO _io;

    private PluginsCommand(SidecarIO io) => _io = io;

    public static Command Create(SidecarIO io)
    {
        var commands = new PluginsCommand(io);
        return new Command(
            "plugins",
            "Says which plugins exist, switches and reviews them, and says how much they log. Asks the running sidecar that --unix-socket or --url names; "
            + "without one it reads the configuration, its plugin folder and its registry file." + Exits)
        {
            commands.List(), commands.Show(), commands.Search(), commands.Switch("enable"), commands.Switch("disable"), commands.Review(), commands.LogLevel(),
        };
    }

    private Command List() => With(
        new Command("list", "Lists all plugins by name. Without a sidecar their states are those that the configuration gives them." + Exits),
        Search("limit=1000"));

    private Command Show() => With(
        new Command("show", "Prints all that is known of one plugin, with its newest 20 reviews." + Exits) { _name },
        async (source, parsed, cancellationToken) => Print(parsed, await source.ShowAsync(parsed.GetValue(_name)!, cancellationToken), PluginsTable.WriteEntry));

    private Command Search()
    {
        var text = new Argument<string?>("text") { Description = "A part of the name.", Arity = ArgumentArity.ZeroOrOne };
        var tags = new Option<string[]>("--tag") { HelpName = "tag", Description = "A tag that the plugin must have. Can be repeated." };
        var capabilities = new Option<string[]>("--capability") { HelpName = "name", Description = "A capability that the plugin must have. Can be repeated." };
        var author = new Option<string?>("--author") { HelpName = "name", Description = "The author, whole." };
        var minRating = new Option<string?>("--min-rating") { HelpName = "n", Description = "The smallest average rating, 1 to 5." };
        var status = new Option<string?>("--status") { HelpName = "state", Description = "installed, enabled, disabled, error, updating or uninstalled." };
        var sort = new Option<string?>("--sort") { HelpName = "key", Description = "name, rating, usage or date." };
        var descending = new Option<bool>("--descending") { Description = "The largest first." };
        var limit = new Option<int>("--limit") { HelpName = "n", Description = "How many to print, 1 to 1000.", DefaultValueFactory = static _ => 50 };
        var offset = new Option<int>("--offset") { HelpName = "n", Description = "How many to leave out at the beginning." };
        var command = new Command("search", "Finds plugins: all conditions at once. Try: fastenrich plugins search --tag crm --sort rating --descending." + Exits)
        {
            text, tags, capabilities, author, minRating, status, sort, descending, limit, offset,
        };
        return With(command, (source, parsed, cancellationToken) =>
        {
            (string Name, string? Value)[] parts =
            [
                ("q", parsed.GetValue(text)), ("author", parsed.GetValue(author)), ("min_rating", parsed.GetValue(minRating)), ("status", parsed.GetValue(status)),
                ("sort", parsed.GetValue(descending) ? "-" + (parsed.GetValue(sort) ?? "name") : parsed.GetValue(sort)),
                ("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture)), ("offset", parsed.GetValue(offset).ToString(CultureInfo.InvariantCulture)),
                .. (parsed.GetValue(tags) ?? []).Select(static tag => ("tag", (string?)tag)),
                .. (parsed.GetValue(capabilities) ?? []).Select(static capability => ("capability", (string?)capability)),
            ];
            var query = string.Join('&', parts.Where(static part => part.Value is not null).Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
            return Search(query)(source, parsed, cancellationToken);
        });
    }

    private Command Switch(string verb) => With(
        new Command(
            verb,
            $"Asks a running sidecar to {verb} a plugin; it stays so until the sidecar ends. Needs --unix-socket or --url: no configuration file is changed." + Exits)
        {
            _name,
        },
        async (source, parsed, cancellationToken) =>
            Print(parsed, await source.SwitchAsync(parsed.GetValue(_name)!, verb == "enable", cancellationToken), static (output, entry) =>
                output.WriteLine($"{PluginsTable.Shown(entry.GetProperty("name").GetString()!, 64)} is {PluginsTable.Shown(entry.GetProperty("state").GetString()!, 64)}")));

    private Command Review()
    {
        var rating = new Option<int>("--rating") { HelpName = "n", Description = "1 (bad) to 5 (good).", Required = true };
        var comment = new Option<string?>("--comment") { HelpName = "text", Description = "What there is to say, up to 2000 characters on one line." };
        var reviewer = new Option<string?>("--reviewer") { HelpName = "name", Description = "Who says it, up to 100 characters." };
        var command = new Command("review", "Reviews a plugin: in a running sidecar, or in the registry file of the configuration, which a running sidecar reads." + Exits)
        {
            _name,
            rating,
            comment,
            reviewer,
        };
        return With(command, async (source, parsed, cancellationToken) =>
        {
            var (name, text, author) = (parsed.GetValue(_name)!, parsed.GetValue(comment), parsed.GetValue(reviewer));
            Print(parsed, await source.ReviewAsync(name, parsed.GetValue(rating), text, author, cancellationToken), PluginsTable.WriteReview);
        });
    }

    private Command LogLevel()
    {
        var level = new Argument<string?>("level")
        {
            Description = $"From now on: {string.Join(", ", s_levels)}, which takes the plugin's own level back. Without it the level is printed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        level.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !s_levels.Contains(token.Value, StringComparer.Ordinal))
            {
                result.AddError($"a level is one of {string.Join(", ", s_levels)}");
            }
        });
        var command = new Command(
            "log-level",
            "Prints or sets how much a running sidecar logs of one plugin; debug is one line for each of its calls. It stays so until the sidecar ends. "
            + "Needs --unix-socket or --url: no configuration file is changed." + Exits) { _name, level };
        return With(command, async (source, parsed, cancellationToken) =>
        {
            var (name, wanted) = (parsed.GetValue(_name)!, parsed.GetValue(level));
            var answer = await (wanted is null
                ? source.GetLogLevelAsync(name, cancellationToken)
                : source.SetLogLevelAsync(name, wanted == Default ? null : wanted, cancellationToken));
            Print(parsed, answer, static (output, told) =>
            {
                var (plugin, now) = (told.GetProperty("name").GetString()!, told.GetProperty("level").GetString() ?? Default);
                output.WriteLine($"{PluginsTable.Shown(plugin, 64)} logs at {PluginsTable.Shown(now, 64)}");
            });
        });
    }

    private Func<IPluginsSource, ParseResult, CancellationToken, Task> Search(string query) => async (source, parsed, cancellationToken) =>
        Print(parsed, await source.SearchAsync(query, cancellationToken), PluginsTable.WriteList);

    private Command With(Command command, Func<IPluginsSource, ParseResult, CancellationToken, Task> run)
    {
        foreach (var option in (Option[])[_config, _url, _unixSocket, _json])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (url, unixSocket) = (parsed.GetValue(_url), parsed.GetValue(_unixSocket));
            await using IPluginsSource source = url is null && unixSocket is null ? new PluginsFiles(_io, parsed.GetValue(_config)) : new PluginsClient(_io, url, unixSocket);
            await run(source, parsed, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private void Print(ParseResult parsed, JsonElement answer, Action<TextWriter, JsonElement> write)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            output.WriteLine(JsonText(answer));
            return;
        }

        try
        {
            write(output, answer);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new RefusedException("the sidecar answers something else than plugins");
        }
    }

    /// <summary>Written anew rather than passed on: what a terminal would obey is escaped then.</summary>
    private static string JsonText(JsonElement answer)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            answer.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
