using System.Collections.Frozen;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>The account's own names for what deals hold as numbers. Immutable.</summary>
internal sealed class PipedriveNames
{
    public const int MaxNames = 1000;

    public static readonly PipedriveNames None = new([], []);

    private readonly FrozenDictionary<string, string> _pipelines;
    private readonly FrozenDictionary<string, string> _channels;

    public PipedriveNames(IEnumerable<PipedriveRecord> pipelines, IEnumerable<PipedriveRecord> dealFields)
    {
        _pipelines = Named(pipelines, "name");
        var channel = dealFields.FirstOrDefault(static field => (field.Text("field_code") ?? field.Text("key")) == "channel");
        _channels = Named(channel?.Items("options").Select(static option => new PipedriveRecord(option)) ?? [], "label");
    }

    /// <summary>Returns the name of a pipeline, or its id where the name is not known.</summary>
    public string? Pipeline(PipedriveRecord deal) => deal.IdOf("pipeline_id") is { } id ? _pipelines.GetValueOrDefault(id, id) : null;

    /// <summary>Returns the name of a marketing channel.</summary>
    public string? Channel(PipedriveRecord deal) => deal.IdOf("channel") is { } id ? _channels.GetValueOrDefault(id) : null;

    private static FrozenDictionary<string, string> Named(IEnumerable<PipedriveRecord> records, string member)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (record.Id is { } id && record.Text(member) is { } name)
            {
                names[id] = name;
            }
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
