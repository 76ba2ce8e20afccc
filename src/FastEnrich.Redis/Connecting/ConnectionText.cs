using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using StackExchange.Redis;

namespace FastEnrich.Redis.Connecting;

/// <summary>
/// Reads where Redis is: <c>redis://</c> and <c>rediss://</c> addresses, and StackExchange.Redis strings. It holds secrets, so nothing here says what
/// is wrong with it, and no exception of the client, which would quote it, gets out.
/// </summary>
internal static class ConnectionText
{
    public const string Expected = "a redis:// or rediss:// address or a StackExchange.Redis string, with at least one host";

    private const string Plain = "redis://";
    private const string Tls = "rediss://";

    // What a text may set otherwise. A command that is not answered within a second is lost, and a connection that is silent for four is given up and made
    // again, so a Redis that vanished without a word is replaced within five. No key and no channel of the client's own: users may be confined to ours.
    private const string Defaults = "connectTimeout=2000,syncTimeout=1000,asyncTimeout=1000,connectRetry=1,keepAlive=2,name=fastenrich,tiebreaker=,configChannel=";

    /// <summary>The client's options; <see langword="false"/> when the text is not understood.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ConfigurationOptions? options)
    {
        options = null;
        try
        {
            text = text.Trim();
            options = text.StartsWith(Plain, StringComparison.OrdinalIgnoreCase) ? ParseAddress(text[Plain.Length..], ssl: false)
                : text.StartsWith(Tls, StringComparison.OrdinalIgnoreCase) ? ParseAddress(text[Tls.Length..], ssl: true)
                : text.Contains("://", StringComparison.Ordinal) && !text.Contains('=', StringComparison.Ordinal) ? null
                : ConfigurationOptions.Parse($"{Defaults},{text}");
        }
        catch (Exception)
        {
            return false; // its message quotes the text
        }

        if (options is null || options.EndPoints.Count == 0)
        {
            options = null;
            return false;
        }

        options.AbortOnConnectFail = false;
        options.AllowAdmin = false;
        options.BacklogPolicy = BacklogPolicy.FailFast; // a command without a connection fails now, not when there is one again
        options.IncludeDetailInExceptions = false; // keys hold user ids
        options.HeartbeatConsistencyChecks = true; // one ECHO a second: also a connection that carries nothing else is known to live

        // Tried again from the heartbeat, each second, so within three seconds by default; less would end attempts that are under way.
        options.ReconnectRetryPolicy = new LinearRetry(options.ConnectTimeout);
        options.Tunnel ??= new GuardedTunnel(new NameLookup(TimeSpan.FromMilliseconds(options.ConnectTimeout)), options);
        return true;
    }

    /// <summary>user:password@host:port,host:port/database?option=value&amp;option=value</summary>
    private static ConfigurationOptions? ParseAddress(string address, bool ssl)
    {
        var (rest, query) = Split(address, address.IndexOf('?', StringComparison.Ordinal));
        var at = rest.LastIndexOf('@');
        var hosts = rest[(at + 1)..];
        (hosts, var database) = Split(hosts, hosts.IndexOf('/', StringComparison.Ordinal));

        // A comma would end an option where the client's strings have none.
        if (query.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var options = ConfigurationOptions.Parse($"{Defaults},{query.Replace('&', ',')}");
        options.Ssl |= ssl;
        if (database.Length > 0)
        {
            options.DefaultDatabase = int.Parse(database, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        if (at >= 0)
        {
            var (user, password) = Split(rest[..at], rest[..at].IndexOf(':', StringComparison.Ordinal));
            options.User = user.Length > 0 ? Uri.UnescapeDataString(user) : null;
            options.Password = Uri.UnescapeDataString(password);
        }

        foreach (var host in hosts.Split(','))
        {
            if (EndPointCollection.TryParse(host) is not { } endPoint)
            {
                return null;
            }

            options.EndPoints.Add(endPoint);
        }

        return options;
    }

    private static (string Before, string After) Split(string text, int index) => index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
}
