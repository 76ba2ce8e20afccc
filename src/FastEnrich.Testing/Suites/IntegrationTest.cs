namespace FastEnrich.Testing;

/// <summary>How a plugin gets on with its surroundings; each part that is set is a verdict of its own. Immutable.</summary>
public sealed record IntegrationTest
{
    /// <summary>Gets the test's name, unique in its suite.</summary>
    public required string Name { get; init; }

    /// <summary>Gets good and bad configurations.</summary>
    public IReadOnlyList<ConfigurationCase> Configurations { get; init; } = [];

    /// <summary>Gets which code each status of the upstream must lead to; <see cref="PluginErrorCode.NotFound"/> may be a result too.</summary>
    public IReadOnlyDictionary<int, PluginErrorCode> Errors { get; init; } = new Dictionary<int, PluginErrorCode>();

    /// <summary>Gets whether health is checked: not ill before a working upstream, not healthy before one that answers 503.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool CheckHealth { get; init; }

    /// <summary>Gets the test of the real upstream; <see langword="null"/> for none.</summary>
    public RealApiTest? RealApi { get; init; }
}
