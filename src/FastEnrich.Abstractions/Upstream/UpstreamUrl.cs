using System.Net;
using System.Text;

namespace FastEnrich;

/// <summary>
/// Builds addresses of an upstream: each part is escaped, so that a user id can never leave its place in the path. Immutable; keep the fixed part and extend it per call.
/// </summary>
/// <remarks><see cref="ToString"/> prints the host alone.</remarks>
public sealed class UpstreamUrl
{
    private readonly string _text;
    private readonly bool _hasQuery;

    /// <summary>Initializes the base of addresses.</summary>
    /// <param name="baseUrl">An absolute <c>http</c> or <c>https</c> address, with or without a path.</param>
    /// <exception cref="ArgumentException">It is something else, or carries a user, a query or a fragment.</exception>
    public UpstreamUrl(string baseUrl)
    {
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new ArgumentException("the base address must be absolute, http or https, without user, query and fragment", nameof(baseUrl));
        }

        Host = uri.Authority;
        IsSecure = uri.Scheme == Uri.UriSchemeHttps || IsLoopback(uri);
        _text = uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    private UpstreamUrl(UpstreamUrl start, string text, bool hasQuery)
    {
        Host = start.Host;
        IsSecure = start.IsSecure;
        _text = text;
        _hasQuery = hasQuery;
    }

    /// <summary>Gets the host, and the port unless it is the scheme's own.</summary>
    public string Host { get; }

    /// <summary>Gets whether what is sent there stays between the two: https, or this machine.</summary>
    public bool IsSecure { get; }

    /// <summary>Refuses plain http to another machine: tokens and users' data would travel in the open.</summary>
    /// <param name="allowHttp">Whether it is wanted all the same, as within a closed network.</param>
    /// <exception cref="ArgumentException">The address is plain http, its host is not loopback, and <paramref name="allowHttp"/> is not set.</exception>
    public void ThrowIfInsecure(bool allowHttp)
    {
        if (!IsSecure && !allowHttp)
        {
            throw new ArgumentException("the address must be https; set allow_http to send tokens and users' data in the open");
        }
    }

    /// <summary>Says whether a text can be a segment of a path: not empty, not <c>.</c> or <c>..</c>, well-formed.</summary>
    /// <param name="segment">The text, not escaped.</param>
    /// <returns>Whether <see cref="Append"/> takes it.</returns>
    public static bool IsSegment(string? segment) => segment is not (null or "" or "." or "..") && UserId.IsWellFormed(segment);

    /// <summary>Appends segments to the path.</summary>
    /// <param name="segments">The segments, not escaped; a slash in one is escaped too.</param>
    /// <returns>The longer address.</returns>
    /// <exception cref="ArgumentException">A segment is empty, <c>.</c>, <c>..</c> or not well-formed; the message does not quote it.</exception>
    /// <exception cref="InvalidOperationException">The address already has a query.</exception>
    public UpstreamUrl Append(params ReadOnlySpan<string> segments)
    {
        if (_hasQuery)
        {
            throw new InvalidOperationException("segments come before the query");
        }

        var text = new StringBuilder(_text);
        foreach (var segment in segments)
        {
            if (!IsSegment(segment))
            {
                throw new ArgumentException("a segment of a path must be well-formed text other than '', '.' and '..'", nameof(segments));
            }

            text.Append('/').Append(Uri.EscapeDataString(segment));
        }

        return new UpstreamUrl(this, text.ToString(), hasQuery: false);
    }

    /// <summary>Appends a path of several segments, such as a configured prefix.</summary>
    /// <param name="path">The path, not escaped; slashes at its ends do not matter. An empty one adds nothing.</param>
    /// <returns>The longer address.</returns>
    /// <exception cref="ArgumentException">A segment is empty, <c>.</c> or <c>..</c>.</exception>
    public UpstreamUrl AppendPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var trimmed = path.Trim('/');
        return trimmed.Length == 0 ? this : Append(trimmed.Split('/'));
    }

    /// <summary>Appends a value to the query.</summary>
    /// <param name="name">The name, not escaped.</param>
    /// <param name="value">The value, not escaped; may be empty.</param>
    /// <returns>The longer address.</returns>
    /// <exception cref="ArgumentException">The name is empty, or one of both is not well-formed; the message quotes neither.</exception>
    public UpstreamUrl Query(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!UserId.IsWellFormed(name) || !UserId.IsWellFormed(value))
        {
            throw new ArgumentException("a query must be well-formed text", nameof(value));
        }

        return new UpstreamUrl(this, $"{_text}{(_hasQuery ? '&' : '?')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}", hasQuery: true);
    }

    /// <summary>Makes the address.</summary>
    /// <returns>The address; it is sent exactly as built, without any normalisation.</returns>
    public Uri ToUri() => new(_text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>Returns the host alone: paths and queries carry user ids.</summary>
    /// <returns>The host.</returns>
    public override string ToString() => Host;

    private static bool IsLoopback(Uri uri) =>
        uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            ? IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address)
            : uri.Host == "localhost";
}
