namespace FastEnrich.Simulators;

/// <summary>A record: its object, and its fields by name in any case. A field may be a record, or a compound of parts.</summary>
internal sealed class SalesforceRow(string type, string id)
{
    private readonly Dictionary<string, (string Name, object? Value)> _fields = new(StringComparer.OrdinalIgnoreCase) { ["Id"] = ("Id", id) };

    public string Type { get; } = type;

    public string Id { get; } = id;

    public object? this[string name]
    {
        set => _fields[name] = (name, value);
    }

    /// <summary>Finds a field, with the name as the API writes it.</summary>
    public (string Name, object? Value) Field(string name) =>
        _fields.TryGetValue(name, out var field)
            ? field
            : throw new SoqlException(
                "INVALID_FIELD",
                $"No such column '{name}' on entity '{Type}'. If you are attempting to use a custom field, "
                + "be sure to append the '__c' after the custom field name.");

    /// <summary>Finds the value at the end of a path.</summary>
    public object? Value(string path)
    {
        var row = this;
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (row.Field(name).Value is not SalesforceRow parent)
            {
                return null;
            }

            row = parent;
        }

        return row.Field(names[^1]).Value;
    }
}
