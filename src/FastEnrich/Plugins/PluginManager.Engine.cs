using FastEnrich.Pipeline;

namespace FastEnrich;

/// <content>What tests and benchmarks look at.</content>
public sealed partial class PluginManager
{
    internal ProfileEngine Engine => _engine;
}
