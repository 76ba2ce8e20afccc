using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Generators.Tests.Samples;

[EnrichmentPlugin("sample", Aliases = ["example"], Version = "2.1.0", MinEngineVersion = "0.1.0", MaxEngineVersion = "9.0.0", Description = "Says \"hello\"", Author = "Someone", Website = "https://example.com", License = "MIT",
    Capabilities = ["user_demographics"], Tags = ["crm", "test"])]
[JsonPayload(typeof(SamplePayload))]
[JsonPayload(typeof(IncludedPayload))]
[Provides("email", "x_username")]
[Needs("sample_id")]
[Needs("phone", Optional = true)]
[DependsOn("second")]
public sealed class SamplePlugin(
    SampleOptions options,
    PluginContext context,
    TimeProvider time,
    ILogger logger,
    ILogger<SamplePlugin> typed,
    ISampleService? optional,
    ISampleService required,
    [FromKeyedServices("blue")] ISampleService? keyed = null,
    [FromKeyedServices(SampleMode.LastSeen)] ISampleService? keyedByEnum = null) : IEnrichmentPlugin
{
    public SampleOptions Options { get; } = options;

    public PluginContext Context { get; } = context;

    public TimeProvider Time { get; } = time;

    public ILogger Logger { get; } = logger;

    public ILogger<SamplePlugin> Typed { get; } = typed;

    public ISampleService? Optional { get; } = optional;

    public ISampleService Required { get; } = required;

    public ISampleService? Keyed { get; } = keyed;

    public ISampleService? KeyedByEnum { get; } = keyedByEnum;

    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
}
