using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FastEnrich.Sidecar.Bulk;

/// <summary>
/// Reads lines, enriches them and writes one line for each, in the order of the input. Memory is bounded by the look-ahead, not by the input.
/// </summary>
internal sealed class BulkRun(IProfileEnricher enricher, ProfileView view, EnrichOptions each, int lookAhead, TimeProvider timeProvider)
{
    private const int FlushAt = 64 * 1024;

    // Every line in order; bounded, so the reader stops when the output does. An accepted line is in _requests before it is here.
    private readonly Channel<InputLine> _lines = Channel.CreateBounded<InputLine>(new BoundedChannelOptions(lookAhead) { SingleReader = true, SingleWriter = true });

    // Accepted lines for the engine. Never longer than _lines, which bounds it.
    private readonly Channel<InputLine> _requests = Channel.CreateUnbounded<InputLine>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    public RunStatistics Statistics { get; } = new(timeProvider);

    /// <summary>Runs until the input ends.</summary>
    /// <exception cref="OutputFailedException">The output cannot be written.</exception>
    /// <exception cref="IOException">The input cannot be read.</exception>
    public async Task RunAsync(IAsyncEnumerable<InputLine> input, Stream output, ProgressBar? progress, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writer = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushAt, leaveOpen: true));
        _ = Task.Run(() => ReadAsync(input, ending.Token), CancellationToken.None); // not awaited: a read of a terminal cannot be ended
        try
        {
            await WriteAsync(writer, progress, ending);
            await FlushAsync(writer, cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<InputLine> input, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var line in input.WithCancellation(cancellationToken))
            {
                if (line.Request is not null)
                {
                    _requests.Writer.TryWrite(line);
                }

                await _lines.Writer.WriteAsync(line, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or UnauthorizedAccessException)
        {
            failure = e;
        }

        _requests.Writer.TryComplete();
        _lines.Writer.TryComplete(failure);
    }

    private async Task WriteAsync(PipeWriter output, ProgressBar? progress, CancellationTokenSource ending)
    {
        var cancellationToken = ending.Token;
        var profiles = enricher.EnrichManyAsync(RequestsAsync(cancellationToken), new BulkOptions { Each = each }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (profiles.ConfigureAwait(false))
        {
            while (await WaitForLineAsync(output, cancellationToken))
            {
                while (_lines.Reader.TryRead(out var line))
                {
                    if (line.Request is null)
                    {
                        ErrorLine.Write(line, output);
                        Statistics.CountRefused();
                    }
                    else
                    {
                        var profile = await NextAsync(profiles, output, ending);
                        Statistics.Count(profile, line.StartedAt);
                        ProfileJson.Write(profile, output, view);
                    }

                    output.GetSpan(1)[0] = (byte)'\n';
                    output.Advance(1);
                    progress?.Update(Statistics);
                    if (output.UnflushedBytes >= FlushAt)
                    {
                        await FlushAsync(output, cancellationToken);
                    }
                }
            }
        }
    }

    private async ValueTask<bool> WaitForLineAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var more = _lines.Reader.WaitToReadAsync(cancellationToken);
        if (!more.IsCompleted)
        {
            await FlushAsync(output, cancellationToken); // nothing to do: whoever reads us sees what is done
        }

        return await more;
    }

    private static async ValueTask<EnrichedProfile> NextAsync(IAsyncEnumerator<EnrichedProfile> profiles, PipeWriter output, CancellationTokenSource ending)
    {
        var next = profiles.MoveNextAsync();
        if (!next.IsCompleted && output.UnflushedBytes > 0)
        {
            var moving = next.AsTask();
            try
            {
                await FlushAsync(output, ending.Token);
            }
            catch
            {
                // The enumerator must stand still before it is disposed.
                await ending.CancelAsync();
                await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            next = new ValueTask<bool>(moving);
        }

        return await next ? profiles.Current : throw new InvalidOperationException("the engine returned fewer profiles than requests");
    }

    private async IAsyncEnumerable<EnrichmentRequest> RequestsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in _requests.Reader.ReadAllAsync(cancellationToken))
        {
            line.StartedAt = timeProvider.GetTimestamp();
            yield return line.Request!;
        }
    }

    private static async ValueTask FlushAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await output.FlushAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new OutputFailedException(e);
        }
    }
}
