namespace FastEnrich.Testing;

/// <summary>What a tester needs to run a plugin. Immutable.</summary>
public sealed record PluginTesterOptions
{
    /// <summary>
    /// Gets what makes the plugin's section <c>config</c> from the mock server's address: keys as in a file, levels separated by colons. It is bound and
    /// checked by the plugin's own binder.
    /// </summary>
    public Func<string, IReadOnlyDictionary<string, string>> Configuration { get; init; } = static _ => new Dictionary<string, string>();

    /// <summary>Gets users that the mock server's upstream knows, with the identities that they are looked up by.</summary>
    /// <value>The default is none; the conformance suite needs two.</value>
    public IReadOnlyList<EnrichmentRequest> Users { get; init; } = [];

    /// <summary>Gets further texts that must never show; values of sensitive properties are known from the schema, those of nested ones are not.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Gets the services that the plugin's constructor asks for; none when <see langword="null"/>.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>
    /// Gets what makes the instance instead of the descriptor's factory, as with options made in code; <see langword="null"/> for the factory.
    /// </summary>
    public Func<PluginActivation, IEnrichmentPlugin>? Create { get; init; }

    /// <summary>Gets what sends the plugin's requests; <see cref="UpstreamClient.CreateHandler"/> when <see langword="null"/>.</summary>
    public Func<HttpMessageHandler>? Handler { get; init; }

    /// <summary>Gets the limits of the plugin's client.</summary>
    public UpstreamClientOptions Upstream { get; init; } = new();

    /// <summary>Gets how the mock server behaves.</summary>
    public MockServerOptions Server { get; init; } = new();

    /// <summary>Gets the plugin's clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets how long anything may take that must end: a wrong plugin fails after that time instead of hanging the tests.</summary>
    /// <value>More than zero. The default is 30 seconds, for busy machines: a plugin that behaves never waits for it.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
