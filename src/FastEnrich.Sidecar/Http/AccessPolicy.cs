using Microsoft.Extensions.Primitives;

namespace FastEnrich.Sidecar.Http;

/// <summary>Decides what a request may do. The whole rule is here, and in docs/security.md.</summary>
internal sealed class AccessPolicy(TokenTable tokens, bool allowUnauthenticatedAdmin, HostAllowList hosts)
{
    private const string Bearer = "Bearer ";

    public bool AllowsHost(Exchange exchange) => exchange.FromUnixSocket || hosts.Allows(Single(exchange.Request.Headers.Host));

    /// <summary>Returns the caller's scopes; null when it must show a token and shows none that is known.</summary>
    public Scopes? ScopesOf(Exchange exchange)
    {
        if (exchange.FromUnixSocket)
        {
            return Scopes.All; // who may open the socket is decided by its file mode
        }

        if (tokens.IsEmpty)
        {
            return allowUnauthenticatedAdmin ? Scopes.Read | Scopes.Admin : Scopes.Read;
        }

        var header = Single(exchange.Request.Headers.Authorization);
        if (header is null || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var scopes = tokens.Find(header.AsSpan(Bearer.Length).Trim());
        return scopes == Scopes.None ? null : scopes;
    }

    private static string? Single(in StringValues values) => values.Count == 1 ? values[0] : null;
}
