namespace FastEnrich.Simulators;

/// <summary>A route of the simulated API.</summary>
internal enum HubSpotRoute
{
    Unknown,
    Contact,
    ContactsBatch,
    Associations,
    AssociationsBatch,
    DealsBatch,
    Usage,
}
