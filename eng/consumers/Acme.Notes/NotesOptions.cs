using FastEnrich;

namespace Acme.Notes;

internal sealed class NotesOptions
{
    [ConfigProperty(Description = "How long an absent note stays absent")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
