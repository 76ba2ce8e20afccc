using System.Globalization;
using System.Net;
using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Http;

/// <summary>A TCP address to listen on. A null <see cref="Address"/> is localhost: both loopbacks.</summary>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>http://127.0.0.1:8080;http://[::1]:8080</c>.</summary>
    /// <exception cref="UsageException">The text is not a list of addresses.</exception>
    public static IReadOnlyList<ListenAddress> ParseList(string urls) =>
        [.. urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static ListenAddress Parse(string url)
    {
        const string Scheme = "http://";
        if (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException("--urls: https is not served; listen on loopback or a Unix socket behind a proxy that ends TLS");
        }

        var rest = url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? url[Scheme.Length..].TrimEnd('/') : "";
        var colon = rest.LastIndexOf(':');
        var host = colon > rest.LastIndexOf(']') ? rest[..colon] : rest;
        var port = 80;
        if (host.Length < rest.Length && (!int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65535))
        {
            throw Wrong(url);
        }

        return host switch
        {
            "localhost" => new ListenAddress(null, port),
            "*" or "+" => new ListenAddress(IPAddress.IPv6Any, port), // dual mode: IPv4 too
            _ when IPAddress.TryParse(host.Trim('[', ']'), out var address) => new ListenAddress(address, port),
            _ => throw Wrong(url),
        };
    }

    private static UsageException Wrong(string url) =>
        new($"--urls: '{url}' is not an address to listen on; expected http://127.0.0.1:8080, with an IP address, localhost or *");
}
