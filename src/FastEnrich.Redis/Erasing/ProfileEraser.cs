using System.Buffers.Text;
using System.Security.Cryptography;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Telemetry;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Erasing;

/// <inheritdoc cref="IProfileEraser"/>
internal sealed class ProfileEraser(IRedisCommands commands, ProfileKeys keys, RedisTelemetry telemetry, ILogger logger) : IProfileEraser
{
    private const int TokenBytes = 16;

    private int _isRefused;

    public async ValueTask<bool> EraseAsync(string userId, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        try
        {
            var erasing = commands.EvaluateAsync(EraseScript.Text, keys.Of(userId), [token, (long)EraseScript.TokenLife.TotalMilliseconds]);
            LateFailures.Observe(erasing);
            await erasing.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            telemetry.Erased(false);
            if (exception is not RedisAwayException && Interlocked.Exchange(ref _isRefused, 1) == 0)
            {
                Log.ErasuresFail(logger, ServerError.KindOf(exception));
            }

            return false;
        }

        telemetry.Erased(true);
        if (Interlocked.Exchange(ref _isRefused, 0) == 1)
        {
            Log.ErasuresSucceed(logger);
        }

        return true;
    }
}
