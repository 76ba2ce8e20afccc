namespace FastEnrich.Sidecar.Http;

/// <summary>The names that this server answers to. Without it, a web page could reach it under a name of its own that resolves to loopback.</summary>
internal sealed class HostAllowList
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly bool _any;

    public HostAllowList(IEnumerable<string> further)
    {
        foreach (var name in further)
        {
            _any |= name == "*";
            _names.Add(name);
        }

        _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether a Host header, with or without a port, is allowed.</summary>
    public bool Allows(string? host)
    {
        if (_any)
        {
            return true;
        }

        var name = host.AsSpan();
        var colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf(']'))
        {
            name = name[..colon];
        }

        return name.Length > 0 && _lookup.Contains(name);
    }
}
