using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Reads a node of the graph; a value that cannot be what it should be is absent, and so is everything below it.</summary>
internal readonly struct FacebookNode(JsonElement element)
{
    private const int MaxTextLength = 1024; // longer ones are stories, not facts of a profile
    private const int MaxItems = 1000; // no page of an edge holds more
    private const long MaxCount = 1_000_000_000_000;

    /// <summary>Gets whether there is such a node.</summary>
    public bool Exists => element.ValueKind == JsonValueKind.Object;

    /// <summary>Gets a field's value as it came.</summary>
    public JsonElement this[string name]
    {
        get
        {
            try
            {
                return Exists && element.TryGetProperty(name, out var value) ? value : default;
            }
            catch (InvalidOperationException)
            {
                return Search(name); // another name beside this one is not well-formed Unicode
            }
        }
    }

    /// <summary>Gets a trimmed text of 1 to 1,024 characters, or as many as are named.</summary>
    public string? Text(string name, int maxLength = MaxTextLength) => Text(this[name], maxLength);

    /// <summary>Gets this value itself as text.</summary>
    public string? AsText() => Text(element, MaxTextLength);

    /// <summary>Gets a whole number from zero to 10^12.</summary>
    public long? Count(string name) =>
        this[name] is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number >= 0 && number <= MaxCount ? (long)number : null;

    public FacebookNode Node(string name) => new(this[name]);

    /// <summary>Gets the nodes of a list; of an edge, those of its first page.</summary>
    public IEnumerable<FacebookNode> Nodes(string name) =>
        this[name] is { ValueKind: JsonValueKind.Object } edge ? ListOf(new FacebookNode(edge)["data"]) : ListOf(this[name]);

    /// <summary>Gets the nodes of an array; of anything else there are none.</summary>
    public static IEnumerable<FacebookNode> ListOf(JsonElement array) => array.ValueKind == JsonValueKind.Array
        ? array.EnumerateArray().Take(MaxItems).Select(static item => new FacebookNode(item)).Where(static node => node.Exists)
        : [];

    /// <summary>Gets the nodes of all lists that are values of this node.</summary>
    public IEnumerable<FacebookNode> Lists() => Exists ? element.EnumerateObject().Take(MaxItems).SelectMany(static field => ListOf(field.Value)) : [];

    /// <summary>Gets the names of a list of pages or experiences.</summary>
    public IEnumerable<string> Names(string name) => Nodes(name).Select(static node => node.Text("name")).OfType<string>();

    /// <summary>Gets a scalar as text: of a list, of an object or of nothing there is none.</summary>
    public string? Scalar(string name) => this[name] switch
    {
        { ValueKind: JsonValueKind.String } value => Text(value, MaxTextLength),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value => value.GetRawText(),
        _ => null,
    };

    private JsonElement Search(string name)
    {
        foreach (var field in element.EnumerateObject())
        {
            try
            {
                if (field.NameEquals(name))
                {
                    return field.Value;
                }
            }
            catch (InvalidOperationException)
            {
                // The name that nobody asked for.
            }
        }

        return default;
    }

    private static string? Text(JsonElement value, int maxLength) => RawText.Read(value)?.Trim() is { Length: > 0 } text && text.Length <= maxLength ? text : null;
}
