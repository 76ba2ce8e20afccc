using FastEnrich.Caching;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Reading;
using FastEnrich.Redis.Telemetry;
using FastEnrich.Redis.Writing;

namespace FastEnrich.Redis;

/// <summary>The second tier in Redis: a hash per user, a field per plugin.</summary>
internal sealed class RedisProfileStore(
    RedisLink link,
    ProfileReader reader,
    ProfileWriter writer,
    IProfileEraser eraser,
    IInvalidationBus bus,
    RedisTelemetry telemetry) : IProfileStore
{
    public void Start(IProfileStoreListener listener)
    {
        bus.Start(listener); // first, so that it hears of the first connection
        link.Start();
    }

    public ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken cancellationToken) =>
        reader.ReadAsync(userId, plugins, cancellationToken);

    public bool TryEnqueueWrite(string userId, EraseToken eraseToken, StoredSlot slot) => writer.TryEnqueue(userId, eraseToken, slot);

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => writer.WaitForRoomAsync(cancellationToken);

    public async ValueTask<(bool Erased, bool Published)> ForgetAsync(string userId, CancellationToken cancellationToken)
    {
        writer.Discard(userId);
        var (erased, published) = (false, false);
        try
        {
            erased = await eraser.EraseAsync(userId, cancellationToken).ConfigureAwait(false);
            published = await bus.PublishErasedAsync(userId).ConfigureAwait(false); // also when Redis could not erase: memories can
        }
        finally
        {
            if (!erased || !published)
            {
                bus.ForgetUnconfirmed(userId);
            }
        }

        return (erased, published);
    }

    public ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken) => bus.DropAsync(plugin, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync().ConfigureAwait(false);
        await bus.DisposeAsync().ConfigureAwait(false);
        await link.DisposeAsync().ConfigureAwait(false);
        telemetry.Dispose();
    }
}
