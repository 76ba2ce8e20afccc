using System.Security.Cryptography;
using System.Text;
using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Http;

/// <summary>The bearer tokens and their scopes. Holds hashes only, and compares all of them in constant time.</summary>
internal sealed class TokenTable
{
    /// <summary>The environment variable that tokens come from: <c>read=TOKEN read,identities,admin=TOKEN</c>.</summary>
    public const string Variable = "FASTENRICH_TOKENS";

    private const int MinLength = 16;
    private const int MaxLength = 512;

    private readonly List<(byte[] Hash, Scopes Scopes)> _tokens = [];

    public bool IsEmpty => _tokens.Count == 0;

    /// <exception cref="UsageException">The text is not a list of tokens; the message quotes nothing of it.</exception>
    public static TokenTable Parse(string? text)
    {
        var table = new TokenTable();
        var entries = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < entries.Length; i++)
        {
            var end = entries[i].IndexOf('=');
            if (end < 0 || !TryReadScopes(entries[i].AsSpan(0, end), out var scopes))
            {
                throw new UsageException($"{Variable}, entry {i + 1}: expected scopes=token with scopes from read, identities, admin, as in 'read,identities=...'");
            }

            var token = entries[i][(end + 1)..];
            if (token.Length is < MinLength or > MaxLength || !Ascii.IsValid(token))
            {
                throw new UsageException($"{Variable}, entry {i + 1}: a token has {MinLength} to {MaxLength} ASCII characters");
            }

            table._tokens.Add((SHA256.HashData(Encoding.ASCII.GetBytes(token)), scopes));
        }

        return table;
    }

    /// <summary>Returns the scopes of a token; none when it is not known.</summary>
    public Scopes Find(ReadOnlySpan<char> token)
    {
        if (token.Length is < MinLength or > MaxLength)
        {
            return Scopes.None;
        }

        Span<byte> bytes = stackalloc byte[MaxLength * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(token, bytes);
        SHA256.HashData(bytes[..length], hash);
        var found = Scopes.None;
        foreach (var (known, scopes) in _tokens)
        {
            found |= CryptographicOperations.FixedTimeEquals(known, hash) ? scopes : Scopes.None; // no early exit
        }

        return found;
    }

    private static bool TryReadScopes(ReadOnlySpan<char> text, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (var range in text.Split(','))
        {
            Scopes? scope = text[range] switch
            {
                "read" => Scopes.Read,
                "identities" => Scopes.Identities,
                "admin" => Scopes.Admin,
                _ => null,
            };
            if (scope is null)
            {
                return false;
            }

            scopes |= scope.Value;
        }

        return true;
    }
}
