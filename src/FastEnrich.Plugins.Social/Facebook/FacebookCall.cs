using System.Text;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>One call of the Graph API: alone a request, among others an item of a batch. <see cref="ToString"/> prints nothing of it.</summary>
/// <param name="Path">The path below the version: a user's id, <c>me</c>, or an edge of either.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Token">Whose eyes it is seen with.</param>
/// <param name="ETag">The validator of what is already known; <see langword="null"/> for none.</param>
internal sealed record FacebookCall(string Path, IReadOnlyList<(string Name, string Value)> Query, AccessToken Token, string? ETag = null)
{
    /// <summary>Writes the address within a batch; it travels in the body, so it may carry the token.</summary>
    public string ToRelativeUrl(string? proof)
    {
        var url = new StringBuilder(Path);
        var separator = '?';
        foreach (var (name, value) in Query.Append(("access_token", Token.Value)).Concat(proof is null ? [] : [("appsecret_proof", proof)]))
        {
            url.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return url.ToString();
    }

    public override string ToString() => nameof(FacebookCall);
}
