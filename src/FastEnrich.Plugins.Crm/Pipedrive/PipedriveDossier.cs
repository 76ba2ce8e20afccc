namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>A person, what was read besides, and the positions of the requests it answers. Belongs to one call; several readers fill it, each its own part.</summary>
internal sealed class PipedriveDossier(PipedriveRecord person, IReadOnlyList<int> indexes)
{
    private PluginException? _failure;

    public PipedriveRecord Person { get; } = person;

    public string Id { get; } = person.Id!;

    public IReadOnlyList<int> Indexes { get; } = indexes;

    public IReadOnlyList<PipedriveRecord> Deals { get; set; } = [];

    public IReadOnlyList<PipedriveRecord> Activities { get; set; } = [];

    /// <summary>Gets or sets the products by the id of their deal.</summary>
    public ILookup<string, PipedriveRecord> Products { get; set; } = Enumerable.Empty<PipedriveRecord>().ToLookup(static _ => "");

    public PipedriveRecord? Organization { get; set; }

    /// <summary>Gets why something could not be read; half a person is none.</summary>
    public PluginException? Failure => Volatile.Read(ref _failure);

    public void Fail(PluginException failure) => Interlocked.CompareExchange(ref _failure, failure, null);
}
