namespace FastEnrich.Redis.Tests.Soak;

/// <summary>A plugin whose calls the world answers; some do not listen to their token.</summary>
internal sealed class SimPlugin(TierWorld world, SimInstance instance, string name) : IEnrichmentPlugin
{
    private readonly string _dataVersion = instance.DataVersion;

    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        var call = world.Call(instance, name, request, _dataVersion);
        await using var end = call.Begun % 5 == 0 ? default : cancellationToken.Register(() => call.Answer.TrySetCanceled(cancellationToken));
        return await call.Answer.Task;
    }
}
