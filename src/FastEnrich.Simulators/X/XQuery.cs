using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Reads the query of a request as strictly as X does: an unknown parameter, field or value is a mistake.</summary>
internal sealed class XQuery(IQueryCollection query)
{
    private const int MaxItems = 100;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Gets what is wrong, so far.</summary>
    public string? Problem { get; private set; }

    /// <summary>Returns 1 to 100 values of a required list.</summary>
    public IReadOnlyList<string> Required(string name, Func<string, bool> isValid)
    {
        var values = List(name);
        if (!query.ContainsKey(name) || values.Length is 0 or > MaxItems)
        {
            Problem ??= string.Create(CultureInfo.InvariantCulture, $"size [{values.Length}] is not between 1 and {MaxItems}");
        }
        else if (values.FirstOrDefault(value => !isValid(value)) is { } wrong)
        {
            Problem ??= $"The `{name}` query parameter value [{wrong}] is not valid";
        }

        return values;
    }

    /// <summary>Returns the values of a list of which each must be a known name.</summary>
    public IReadOnlyList<string> Names(string name, IReadOnlyCollection<string> known)
    {
        var values = List(name);
        if (values.FirstOrDefault(value => !known.Contains(value)) is { } wrong)
        {
            Problem ??= $"The `{name}` query parameter value [{wrong}] is not one of [{string.Join(',', known)}]";
        }

        return values;
    }

    public int Number(string name, int minimum, int maximum, int preset)
    {
        _known.Add(name);
        if (!query.TryGetValue(name, out var text))
        {
            return preset;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < minimum || number > maximum)
        {
            Problem ??= string.Create(CultureInfo.InvariantCulture, $"The `{name}` query parameter value [{text}] is not between {minimum} and {maximum}");
        }

        return number;
    }

    public string? Text(string name)
    {
        _known.Add(name);
        return query.TryGetValue(name, out var text) ? text.ToString() : null;
    }

    /// <summary>Complains of parameters that nobody asked for. Call it last.</summary>
    public void RefuseOthers()
    {
        if (query.Keys.FirstOrDefault(name => !_known.Contains(name)) is { } unknown)
        {
            Problem ??= $"The query parameter [{unknown}] is not one of [{string.Join(',', _known)}]";
        }
    }

    private string[] List(string name) => Text(name)?.Split(',') ?? [];
}
