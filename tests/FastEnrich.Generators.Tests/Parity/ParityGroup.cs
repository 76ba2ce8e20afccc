namespace FastEnrich.Generators.Tests.Parity;

/// <summary>The same features on several kinds of types, and the members that show them, each with values; the first value is a valid one.</summary>
internal sealed record ParityGroup(string Name, ParityKind[] Kinds, params (string Name, string[] Values)[] Members)
{
    /// <summary>A document with every member.</summary>
    public string Full => Document(Members.Select(static m => (m.Name, m.Values[0])));

    /// <summary>The documents in which one member stands as said, among all others and alone.</summary>
    public IEnumerable<string> Documents(string member, ParityPresence presence)
    {
        var values = Members.First(m => m.Name == member).Values;
        return presence switch
        {
            ParityPresence.Present => values.SelectMany(value => new[] { With(member, value), Document([(member, value)]) }),
            ParityPresence.Null => [With(member, "null"), Document([(member, "null")])],
            ParityPresence.Missing => [With(member, null), "{}"],
            _ => values.Append("null").SelectMany(value => new[]
            {
                Document([(member, values[0]), .. Others(member), (member, value)]),
                Document([(member, value), (member, values[0])]),
            }),
        };
    }

    /// <summary>Every document of the group.</summary>
    public IEnumerable<string> Documents() =>
    [
        Full,
        .. Members.SelectMany(m => Enum.GetValues<ParityPresence>().SelectMany(presence => Documents(m.Name, presence))),
        .. Members.Select(m => Document([.. Others(m.Name), (m.Name.ToUpperInvariant(), m.Values[0])])),
        .. Members.Where(static m => m.Name.Length > 0 && m.Name[0] != '\\').Select(m => Document([.. Others(m.Name), ($"\\u{(int)m.Name[0]:x4}{m.Name[1..]}", m.Values[0])])),
        .. Members.SelectMany(m => Members.Select(other => With(m.Name, other.Values[0]))), // every value in every other's place
    ];

    public IEnumerable<string> Differences(string json) => Differences(System.Text.Encoding.UTF8.GetBytes(json));

    public IEnumerable<string> Differences(byte[] json) => Kinds.SelectMany(kind => kind.Differences(json));

    private string With(string member, string? value) => Document(value is null ? Others(member) : [.. Others(member), (member, value)]);

    private IEnumerable<(string Name, string Value)> Others(string member) => Members.Where(m => m.Name != member).Select(static m => (m.Name, m.Values[0]));

    private static string Document(IEnumerable<(string Name, string Value)> members) => $"{{{string.Join(',', members.Select(static m => $"\"{m.Name}\":{m.Value}"))}}}";
}
