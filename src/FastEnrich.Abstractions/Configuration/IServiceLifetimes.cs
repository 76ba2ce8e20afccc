namespace FastEnrich;

/// <summary>Knows how long the host's services live, which a service provider does not say.</summary>
internal interface IServiceLifetimes
{
    /// <summary>Says whether a service would live as long as one scope; its last registration counts.</summary>
    bool IsScoped(Type service, object? key);
}
