using System.CommandLine;
using FastEnrich.Sidecar.Hosting;
using FastEnrich.Sidecar.Http;

namespace FastEnrich.Sidecar.Cli;

/// <summary><c>fastenrich serve</c>: profiles over HTTP.</summary>
internal sealed class ServeCommand
{
    private const string DefaultUrls = "http://127.0.0.1:8080";
    private static readonly TimeSpan s_maxDeadlineLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromSeconds(25); // orchestrators kill after 30

    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<bool> _demo = CommonOptions.Demo();
    private readonly Option<int> _users = CommonOptions.Users();
    private readonly Option<int> _seed = CommonOptions.Seed();
    private readonly Option<string?> _urls = new("--urls")
    {
        HelpName = "urls",
        Description = $"Where to listen, separated by semicolons. Without it, and without --unix-socket: {DefaultUrls}. Beyond loopback a token is needed.",
    };
    private readonly Option<string?> _unixSocket = new("--unix-socket")
    {
        HelpName = "path",
        Description = "Listen on a Unix socket that only this user can open (mode 0600). Its callers may do everything.",
    };
    private readonly Option<bool> _allowUnauthenticatedAdmin = new("--allow-unauthenticated-admin")
    {
        Description = "Without tokens, let everybody who can connect forget and refresh users, switch plugins and review them.",
    };
    private readonly Option<string[]> _allowedHosts = new("--allowed-host")
    {
        HelpName = "name",
        Description = "A further host name to answer to, beside localhost, 127.0.0.1 and [::1]; * for any. Can be repeated.",
    };
    private readonly Option<TimeSpan?> _maxDeadline = CommonOptions.Duration(
        "--max-deadline", "The longest deadline that a request gets.", TimeSpan.FromSeconds(30), s_maxDeadlineLimit);
    private readonly Option<string> _logLevel = CommonOptions.LogLevel();
    private readonly Option<bool> _noWatch = new("--no-watch") { Description = "Do not reload the configuration when its files change; SIGHUP still does." };

    public static Command Create(SidecarIO io)
    {
        var options = new ServeCommand();
        var command = new Command(
            "serve",
            "Serves profiles over HTTP: GET /v1/users/{id}/profile, DELETE /v1/users/{id}, POST /v1/users/{id}/refresh, "
            + "GET and DELETE /v1/profile?user_id=, POST /v1/profile/refresh?user_id=, "
            + "GET /v1/plugins, GET /v1/plugins/{name}, POST /v1/plugins/{name}/enable|disable|reviews, GET and POST /v1/plugins/{name}/log-level, "
            + "GET /v1/health, GET /v1/health/{plugin}, POST /v1/health/{plugin}/check, /healthz, /readyz. "
            + $"Bearer tokens come from the environment variable {TokenTable.Variable}: 'read=TOKEN read,identities,admin=TOKEN'. "
            + "The configuration is reloaded when its files change, and at SIGHUP. SIGTERM drains and ends with exit code 0.")
        {
            options._config, options._demo, options._users, options._seed, options._urls, options._unixSocket,
            options._allowUnauthenticatedAdmin, options._allowedHosts, options._maxDeadline, options._logLevel, options._noWatch,
        };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, io, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, SidecarIO io, CancellationToken cancellationToken)
    {
        var unixSocket = parsed.GetValue(_unixSocket);
        var serve = new ServeOptions
        {
            Addresses = ListenAddress.ParseList(parsed.GetValue(_urls) ?? (unixSocket is null ? DefaultUrls : "")),
            UnixSocket = unixSocket is null ? null : UnixSocketFile.FullPath(unixSocket),
            Tokens = TokenTable.Parse(io.Variables.GetValueOrDefault(TokenTable.Variable)),
            AllowUnauthenticatedAdmin = parsed.GetValue(_allowUnauthenticatedAdmin),
            AllowedHosts = parsed.GetValue(_allowedHosts) ?? [],
            MaxDeadline = parsed.GetValue(_maxDeadline)!.Value,
        };
        var demo = parsed.GetValue(_demo) ? new DemoSettings(parsed.GetValue(_users), parsed.GetValue(_seed)) : null;
        await using var setup = await EngineSetup.CreateAsync(io, parsed.GetValue(_config), demo, parsed.GetValue(_logLevel)!, CancellationToken.None);
        await using var server = new SidecarServer(serve, setup.Engine, () => setup.Options.Engine.Timeout, setup.Loggers, io.TimeProvider);
        await setup.Engine.StartAsync(CancellationToken.None); // a signal that comes now is answered by an orderly drain below
        await server.StartAsync(CancellationToken.None);
        foreach (var address in server.Addresses)
        {
            io.Error.WriteLine($"listening on {address}");
        }

        await using (var reloading = new Reloading(setup, io, watch: parsed.GetValue(_config) is not null && !parsed.GetValue(_noWatch)))
        {
            await Stopping.WaitAsync(cancellationToken);
        }

        await server.DrainAsync(s_drainLimit, io.TimeProvider);
        return ExitCode.Done;
    }
}
