using System.Diagnostics.CodeAnalysis;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Telemetry;

namespace FastEnrich.Redis.Writing;

/// <summary>Sends one user's records with one script, and then tells the other instances which of theirs were replaced.</summary>
internal sealed class RecordSender(IRedisCommands commands, ProfileKeys keys, RecordCodec codec, IInvalidationBus bus, TimeProvider timeProvider, RedisTelemetry telemetry)
{
    public async Task<SendResult> SendAsync(UserWrite user)
    {
        var now = timeProvider.GetUtcNow().UtcTicks;
        var records = Encode(user, now, out var goneAt);
        if (records.Count == 0)
        {
            return SendResult.Nothing;
        }

        try
        {
            // Not repeated when it fails: it may have been done, or be done later, and token and fetch times make both harmless.
            var arguments = WriteScript.Arguments(user.Ticket.Erasure, now, goneAt, records);
            var answer = (string?)await commands.EvaluateAsync(WriteScript.Text, keys.Of(user.UserId), arguments).ConfigureAwait(false);
            Count(answer, records.Count);
            if (PluginsOf(WriteScript.Kept, answer, records) is { } kept)
            {
                bus.Superseded(user.UserId, kept);
            }

            if (PluginsOf(WriteScript.Replaced, answer, records) is { } replaced)
            {
                await bus.PublishChangedAsync(user.UserId, replaced).ConfigureAwait(false);
            }

            return SendResult.Sent;
        }
        catch (Exception exception)
        {
            telemetry.Written(WriteOutcome.Failed, records.Count);
            return SendResult.Failed(ServerError.KindOf(exception));
        }
    }

    private List<(string Plugin, byte[] Record)> Encode(UserWrite user, long now, out long goneAt)
    {
        goneAt = 0;
        var records = new List<(string, byte[])>(user.Slots.Count);
        foreach (var slot in user.Slots)
        {
            if (user.Ticket.Epoch != bus.Epoch || bus.GenerationOf(slot.Plugin) is not { } generation)
            {
                telemetry.Written(WriteOutcome.Refused);
            }
            else if (slot.GoneAt.UtcTicks <= now)
            {
                telemetry.Written(WriteOutcome.Expired);
            }
            else if (codec.Encode(user.UserId, slot, generation) is not { } record)
            {
                telemetry.Written(WriteOutcome.Oversize);
            }
            else
            {
                records.Add((slot.Plugin, record));
                goneAt = Math.Max(goneAt, slot.GoneAt.UtcTicks);
            }
        }

        return records;
    }

    private void Count(string? answer, int records)
    {
        if (!Answers(answer, records))
        {
            telemetry.Written(WriteOutcome.Refused, records);
            return;
        }

        var kept = answer.AsSpan().Count(WriteScript.Kept);
        telemetry.Written(WriteOutcome.Kept, kept);
        telemetry.Written(WriteOutcome.Written, records - kept);
    }

    /// <summary>Returns the plugins of which this became; <see langword="null"/> for none.</summary>
    private static List<string>? PluginsOf(char outcome, string? answer, List<(string Plugin, byte[] Record)> records)
    {
        List<string>? plugins = null;
        for (var i = 0; Answers(answer, records.Count) && i < answer.Length; i++)
        {
            if (answer[i] == outcome)
            {
                (plugins ??= []).Add(records[i].Plugin);
            }
        }

        return plugins;
    }

    private static bool Answers([NotNullWhen(true)] string? answer, int records) => answer is not null && answer.Length == records && answer != WriteScript.Refused;
}
