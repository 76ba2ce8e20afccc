using FastEnrich;

namespace Acme.Notes;

#if ACME
[EnrichmentPlugin("notes-acme")]
#else
[EnrichmentPlugin("notes")]
#endif
internal sealed class NotesPlugin(NotesOptions options) : IEnrichmentPlugin
{
    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound(options.Patience));
}
