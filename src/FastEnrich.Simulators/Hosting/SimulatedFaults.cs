using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Answers with the faults that were ordered, or drawn. Thread-safe.</summary>
internal sealed class SimulatedFaults(double rate, long seed, Func<string, SimulatedError> catalogue)
{
    private static readonly string[] s_drawn = ["server_error", "unavailable", "rate_limit"];

    private readonly ConcurrentQueue<(SimulatedFault? Fault, SimulatedError? Error, string? Text)> _ordered = new();
    private readonly Lock _lock = new();
    private readonly SeededRandom _random = new(seed, -1);

    public void Order(SimulatedFault? fault, SimulatedError? error, int times, string? text)
    {
        for (var i = 0; i < times; i++)
        {
            _ordered.Enqueue((fault, error, text));
        }
    }

    /// <summary>Answers with the next fault, if there is one.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http, CancellationToken stopping)
    {
        if (!_ordered.TryDequeue(out var next))
        {
            switch (Draw())
            {
                case null: return false;
                case "unavailable": next = (SimulatedFault.Unavailable, null, null); break;
                case var name: next = (null, catalogue(name), null); break;
            }
        }

        await (next switch
        {
            ({ } fault, _, _) when fault != SimulatedFault.ServerError => FaultAnswers.WriteAsync(http, fault, next.Text ?? "internal error", stopping),
            (_, { } error, _) => error.WriteAsync(http, next.Text),
            _ => catalogue("server_error").WriteAsync(http, next.Text),
        }).ConfigureAwait(false);
        return true;
    }

    private string? Draw()
    {
        if (rate <= 0)
        {
            return null;
        }

        lock (_lock)
        {
            return _random.Chance(rate) ? _random.Pick(s_drawn) : null;
        }
    }
}
