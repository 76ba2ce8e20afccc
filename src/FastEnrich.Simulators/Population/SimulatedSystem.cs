namespace FastEnrich.Simulators;

/// <summary>A system that knows a part of the simulated population.</summary>
public enum SimulatedSystem
{
    /// <summary>HubSpot.</summary>
    HubSpot,

    /// <summary>Salesforce.</summary>
    Salesforce,

    /// <summary>Pipedrive.</summary>
    Pipedrive,

    /// <summary>X.</summary>
    X,

    /// <summary>Facebook.</summary>
    Facebook,
}
