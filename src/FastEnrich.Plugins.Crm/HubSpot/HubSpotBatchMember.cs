using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>A contact of a batch's answer, and the positions of the requests it answers.</summary>
internal sealed record HubSpotBatchMember(HubSpotObject Contact, HubSpotProperties Properties, IReadOnlyList<int> Indexes);
