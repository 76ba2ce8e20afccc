using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using FastEnrich.Benchmarks.Workload;

namespace FastEnrich.Benchmarks.Questions;

/// <summary>What does it save to stitch a profile's JSON from the bytes that are held anyway?</summary>
[MemoryDiagnoser]
public class WriteProfile
{
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private PluginManager _engine = null!;
    private EnrichedProfile _profile = null!;
    private Utf8JsonWriter _writer = null!;

    [Params(1, 5, 20)]
    public int Plugins { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _engine = await BenchmarkEngine.StartAsync(Plugins, maxEntries: 16);
        _profile = await _engine.EnrichAsync(Sample.UserId(0));
        _writer = new Utf8JsonWriter(_output);
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _engine.DisposeAsync();

    [Benchmark(Baseline = true)]
    public int Serialize()
    {
        _output.ResetWrittenCount();
        _writer.Reset(_output);
        JsonSerializer.Serialize(_writer, _profile, FastEnrichJsonContext.Default.EnrichedProfile);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Stitch()
    {
        _output.ResetWrittenCount();
        ProfileJson.Write(_profile, _output);
        return _output.WrittenCount;
    }
}
