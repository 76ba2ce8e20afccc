namespace FastEnrich.Testing;

/// <summary>Ids that leave their place where a plugin forgets to escape. All of them are valid user ids.</summary>
internal static class HostileIds
{
    public static IReadOnlyList<(string Name, string Id)> All { get; } =
    [
        ("a slash", "kit/../../admin"),
        ("two dots", ".."),
        ("a dot", "."),
        ("a question mark", "kit?admin=1"),
        ("an ampersand", "kit&admin=1"),
        ("a hash", "kit#fragment"),
        ("an escaped slash", "kit%2Fadmin"),
        ("an escaped dot segment", "%2e%2e"),
        ("a percent sign", "kit%"),
        ("a plus and a blank", "kit + blank"),
        ("a single quote", "kit' OR Name != '"),
        ("a backslash before a quote", "kit\\' OR Name != '"),
        ("a double quote", "kit\",\"admin\":\"1"),
        ("braces", "kit{\"admin\":1}"),
        ("a comma", "kit,other"),
        ("a semicolon and a colon", "kit;admin:1"),
        ("an @ of an address", "kit@127.0.0.1:1"),
        ("a NUL", "kit\0end"),
        ("CR and LF", "kit\r\nX-Admin: 1"),
        ("letters beyond ASCII", "kit-\u00e9\u4e2d\U0001f600"),
        ("a reversing mark", "kit\u202eend"),
        ("512 bytes", new string('k', 512)),
        ("512 bytes that escape to 1,536", new string('/', 512)),
    ];
}
