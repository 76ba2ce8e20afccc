namespace FastEnrich.Configuration.Schema;

/// <summary>The keys of one mapping, taken down while its reader asked for them: what is read and what is described cannot differ.</summary>
internal sealed class SchemaSection
{
    private readonly List<SchemaEntry> _entries = [];

    public IReadOnlyList<SchemaEntry> Entries => _entries;

    public void Add(SchemaEntry entry)
    {
        if (!_entries.Exists(known => known.Key == entry.Key))
        {
            _entries.Add(entry);
        }
    }
}
