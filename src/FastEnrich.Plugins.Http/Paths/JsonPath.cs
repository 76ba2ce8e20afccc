using System.Globalization;
using System.Text.Json;

namespace FastEnrich.Plugins.Http.Paths;

/// <summary>
/// A path into JSON: <c>$.a.b[0]['c d'][*].e</c>. A small part of RFC 9535: names, indexes and <c>[*]</c>, which reads the items of a list or the values of an object. Immutable.
/// </summary>
internal sealed class JsonPath
{
    private const int MaxResults = 1000;
    private const int MaxVisits = 20_000; // what one path may look at, whatever the answer holds

    private readonly Step[] _steps;

    private JsonPath(Step[] steps) => _steps = steps;

    /// <summary>Reads a path; <see langword="null"/> when the text is none.</summary>
    public static JsonPath? Parse(string text)
    {
        List<Step> steps = [];
        if (text.Length == 0 || text[0] != '$' || !HttpPathPattern.IsMatch(text))
        {
            return null;
        }

        for (var at = 1; at < text.Length;)
        {
            var end = text[at] == '.' ? NameEnd(text, at + 1) : BracketEnd(text, at);
            steps.Add(text[at] == '.' ? new Step(text[(at + 1)..end], -1) : InBrackets(text[(at + 1)..(end - 1)]));
            at = end;
        }

        return new JsonPath([.. steps]);
    }

    /// <summary>Returns the first value that is there and not null; one of kind <see cref="JsonValueKind.Undefined"/> when there is none.</summary>
    public JsonElement First(JsonElement root) => Select(root).FirstOrDefault(static value => value.ValueKind != JsonValueKind.Null);

    /// <summary>Returns the values, in the order of the answer; a thousand at most.</summary>
    public IEnumerable<JsonElement> Select(JsonElement root)
    {
        var visits = 0;
        return Walk(root, 0).Take(MaxResults);

        IEnumerable<JsonElement> Walk(JsonElement value, int step)
        {
            if (value.ValueKind == JsonValueKind.Undefined || ++visits > MaxVisits)
            {
                yield break;
            }

            if (step == _steps.Length)
            {
                yield return value;
                yield break;
            }

            foreach (var child in Children(value, _steps[step]))
            {
                foreach (var result in Walk(child, step + 1))
                {
                    yield return result;
                }

                if (visits > MaxVisits)
                {
                    yield break;
                }
            }
        }
    }

    private static IEnumerable<JsonElement> Children(JsonElement value, Step step) => (value.ValueKind, step) switch
    {
        (JsonValueKind.Array, { Name: null, Index: < 0 }) => value.EnumerateArray(),
        (JsonValueKind.Object, { Name: null, Index: < 0 }) => value.EnumerateObject().Select(static property => property.Value),
        (JsonValueKind.Array, { Name: null }) => step.Index < value.GetArrayLength() ? [value[step.Index]] : [],
        (JsonValueKind.Object, { Name: { } name }) => Member(value, name) is { ValueKind: not JsonValueKind.Undefined } member ? [member] : [],
        _ => [],
    };

    /// <summary>The last of members of one name counts, as in most readers. A name that is not well-formed Unicode is none that anybody asks for.</summary>
    private static JsonElement Member(JsonElement value, string name)
    {
        try
        {
            return value.TryGetProperty(name, out var member) ? member : default;
        }
        catch (InvalidOperationException)
        {
            return value.EnumerateObject().LastOrDefault(property => IsNamed(property, name)).Value;
        }
    }

    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static int NameEnd(string text, int at)
    {
        while (at < text.Length && text[at] is not ('.' or '['))
        {
            at++;
        }

        return at;
    }

    private static int BracketEnd(string text, int at) =>
        text[at + 1] is '\'' or '"' ? text.IndexOf(text[at + 1], at + 2) + 2 : text.IndexOf(']', at) + 1;

    private static Step InBrackets(string inner) =>
        inner == "*" ? new Step(null, -1)
        : inner[0] is '\'' or '"' ? new Step(inner[1..^1], -1)
        : new Step(null, int.Parse(inner, NumberStyles.None, CultureInfo.InvariantCulture));

    private readonly record struct Step(string? Name, int Index);
}
