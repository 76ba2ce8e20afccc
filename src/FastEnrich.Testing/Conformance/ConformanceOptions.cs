namespace FastEnrich.Testing;

/// <summary>What the conformance suite must know of a plugin beyond its tester. Immutable.</summary>
public sealed record ConformanceOptions
{
    /// <summary>
    /// Gets what makes a request from a text that stands for a user: hostile ones are tried. A plugin that looks users up by an identity gets it there.
    /// </summary>
    /// <value>The default makes a request for the text as user id.</value>
    public Func<string, EnrichmentRequest> RequestFor { get; init; } = static id => new EnrichmentRequest(id);

    /// <summary>Gets which requests go on working while the upstream fails, such as those for tokens; none when <see langword="null"/>.</summary>
    public Func<MockRequest, bool>? Exempt { get; init; }

    /// <summary>Gets which codes a status may lead to, where the plugin's upstream means something of its own by it.</summary>
    /// <value>
    /// The default is none: 401 and 403 are <see cref="PluginErrorCode.AuthError"/>, 404 is not found, 429 <see cref="PluginErrorCode.RateLimitError"/>, 500
    /// and 503 <see cref="PluginErrorCode.ConnectionError"/>.
    /// </value>
    public IReadOnlyDictionary<int, PluginErrorCode> ExpectedCodes { get; init; } = new Dictionary<int, PluginErrorCode>();

    /// <summary>Gets the rules that are left out, by id, each with the reason that the report shows.</summary>
    public IReadOnlyDictionary<string, string> Skip { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets how many calls at once look for mixed-up answers.</summary>
    /// <value>At least 2. The default is 64.</value>
    public int ConcurrentCalls { get; init; } = 64;
}
