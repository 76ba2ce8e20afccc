using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>The members of one object of a manifest, taken one by one within limits; what nobody took is unknown.</summary>
internal sealed class ManifestFields
{
    private readonly Dictionary<string, JsonElement> _rest = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly ManifestProblems _problems;

    public ManifestFields(JsonElement element, string path, ManifestProblems problems)
    {
        (_path, _problems) = (path, problems);
        foreach (var property in element.EnumerateObject())
        {
            if (ManifestKeys.TryName(property, out var name))
            {
                _rest[name] = property.Value;
            }
        }
    }

    public string? Text(string name, int maxLength, bool required = false)
    {
        if (!_rest.Remove(name, out var value))
        {
            if (required)
            {
                _problems.Error(At(name), "is missing");
            }

            return null;
        }

        return TextOf(value, At(name), maxLength);
    }

    public List<string>? Texts(string name, int maxCount, int maxLength)
    {
        if (!_rest.Remove(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > maxCount)
        {
            _problems.Error(At(name), $"is a list of at most {maxCount} texts");
            return null;
        }

        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (TextOf(item, $"{At(name)}[{texts.Count}]", maxLength) is not { } text)
            {
                texts.Add("");
                continue;
            }

            if (text.Length == 0)
            {
                _problems.Error($"{At(name)}[{texts.Count}]", "is empty");
            }

            texts.Add(text);
        }

        return texts;
    }

    public JsonElement? Object(string name) => Of(name, "an object", JsonValueKind.Object, JsonValueKind.Object);

    public double? Number(string name)
    {
        var value = Of(name, "a finite number", JsonValueKind.Number, JsonValueKind.Number);
        if (value is null || (value.Value.TryGetDouble(out var number) && double.IsFinite(number)))
        {
            return value?.GetDouble();
        }

        _problems.Error(At(name), "is a finite number");
        return null;
    }

    public bool Flag(string name) => Of(name, "true or false", JsonValueKind.True, JsonValueKind.False)?.ValueKind == JsonValueKind.True;

    public void WarnOfUnknown()
    {
        foreach (var name in _rest.Keys)
        {
            _problems.Warn(At(ManifestText.ShownKey(name)), "is not known, and ignored");
        }
    }

    private JsonElement? Of(string name, string expected, JsonValueKind kind, JsonValueKind other)
    {
        if (!_rest.Remove(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == kind || value.ValueKind == other)
        {
            return value;
        }

        _problems.Error(At(name), $"is {expected}");
        return null;
    }

    private string? TextOf(JsonElement value, string path, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            _problems.Error(path, "is a text");
            return null;
        }

        string? text = null;
        try
        {
            text = value.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate.
        }

        if (text is null || text.Length > maxLength || !ManifestText.IsPlain(text))
        {
            _problems.Error(path, $"is well-formed text of at most {maxLength} characters, without control characters");
            return null;
        }

        return text;
    }

    private string At(string name) => ManifestKeys.Join(_path, name);
}
