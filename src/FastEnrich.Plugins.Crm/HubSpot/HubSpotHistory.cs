using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>What is associated with one contact, as far as it was asked for.</summary>
/// <param name="Deals">Its deals, each with its line items.</param>
/// <param name="Engagements">Its calls, e-mails, meetings, notes and tasks, each with the kind's name.</param>
/// <param name="PageViews">Its page views, newest first; <see langword="null"/> when nobody asked for them.</param>
internal sealed record HubSpotHistory(
    IReadOnlyList<(HubSpotObject Deal, IReadOnlyList<HubSpotObject> LineItems)> Deals,
    IReadOnlyList<(string Kind, HubSpotObject Record)> Engagements,
    IReadOnlyList<HubSpotEvent>? PageViews)
{
    public static HubSpotHistory Empty { get; } = new([], [], null);
}
