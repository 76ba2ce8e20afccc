using FastEnrich.Caching;
using FastEnrich.Plugins;
using FastEnrich.Resilience;

namespace FastEnrich.Pipeline;

/// <summary>Takes what lanes bring. Called outside of their locks, from any thread.</summary>
internal interface IFlightSink
{
    /// <summary>A fetch ended; ignored when the fetch no longer owns its slot.</summary>
    void Conclude(Fetch fetch, in AttemptOutcome outcome);

    /// <summary>An upstream began or ceased to keep failing.</summary>
    void BreakerChanged(RunningPlugin plugin, BreakerState state);

    /// <summary>Every call of a plugin hangs past its budget.</summary>
    void AllHang(RunningPlugin plugin, Lane lane);
}
