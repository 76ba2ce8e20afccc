using System.Text.Json;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>
/// Reads a person's labels. The four that every account starts with say how far a sale is; all others say what the person is about. Labels without a name are left out.
/// </summary>
internal sealed class PipedriveLabels
{
    public PipedriveLabels(PipedriveRecord person)
    {
        List<string> interests = [];
        foreach (var name in Names(person))
        {
            switch (name.ToUpperInvariant())
            {
                case "CUSTOMER":
                    LifecycleStage = "customer";
                    break;
                case "HOT LEAD" or "WARM LEAD" or "COLD LEAD":
                    LeadStatus = name[..name.IndexOf(' ', StringComparison.Ordinal)].ToLowerInvariant();
                    break;
                default:
                    interests.Add(name);
                    break;
            }
        }

        LifecycleStage ??= LeadStatus is null ? null : "lead";
        Interests = interests;
    }

    public string? LifecycleStage { get; }

    /// <summary>Gets <c>hot</c>, <c>warm</c> or <c>cold</c>.</summary>
    public string? LeadStatus { get; }

    public IReadOnlyList<string> Interests { get; }

    /// <summary>The documentation does not name the member that <c>include_labels</c> brings: any array of labels with names will do.</summary>
    private static IEnumerable<string> Names(PipedriveRecord person) =>
        person.Items("labels").Concat(person.Items("label_ids"))
            .Where(static item => item.ValueKind == JsonValueKind.Object)
            .Select(static item => new PipedriveRecord(item) is var label ? label.Text("label") ?? label.Text("name") : null)
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase);
}
