namespace FastEnrich.Simulators;

/// <summary>Where a simulated user lives.</summary>
/// <param name="Name">The city.</param>
/// <param name="State">Its state or region.</param>
/// <param name="Country">Its country, in English.</param>
/// <param name="CountryCode">Its country's ISO 3166 alpha-2 code.</param>
/// <param name="Currency">The currency bought in there, ISO 4217.</param>
public sealed record SimulatedCity(string Name, string State, string Country, string CountryCode, string Currency);
