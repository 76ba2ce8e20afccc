using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace FastEnrich.Benchmarks.Harness;

/// <summary>Prints rows as they come, and saves them with the machine, the command and the date.</summary>
/// <param name="mode">Quick or full.</param>
/// <param name="only">The group that was measured alone, if one was.</param>
internal sealed class Report(string mode, string? only)
{
    private readonly string[] _what = only is null ? [mode] : [mode, only];

    private readonly List<Row> _rows = [];

    public void Add(Row row)
    {
        _rows.Add(row);
        Console.WriteLine($"{row.Name,-66} {row.MeasuredText,8}   {row.TargetText,-9} {row.Verdict}");
    }

    public void Summarize()
    {
        Console.WriteLine($"{_rows.Count(row => row.Reached)} of {_rows.Count} rows reach their target");
    }

    public string Save(string folder, DateTimeOffset now)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"# Benchmarks, {string.Join(", ", _what)}, {now:yyyy-MM-dd}")
            .AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"Machine: {Processor()}, {Environment.ProcessorCount} logical cores, {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}.  ")
            .AppendLine(CultureInfo.InvariantCulture, $"Command: `benchmarks/run.sh {string.Join(' ', _what)} --save`.  ")
            .AppendLine(CultureInfo.InvariantCulture, $"Date: {now:yyyy-MM-dd HH:mm} UTC.")
            .AppendLine()
            .AppendLine("Ratios are medians over interleaved rounds of one process; the absolute values beside them hold for this machine only.")
            .AppendLine()
            .AppendLine("| row | measured | target | | values |")
            .AppendLine("| --- | ---: | ---: | --- | --- |");
        foreach (var row in _rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {row.MeasuredText} | {row.TargetText} | {row.Verdict} | {row.Detail} |");
        }

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{now:yyyy-MM-dd}-{string.Join('-', _what)}.md");
        File.WriteAllText(path, text.ToString().ReplaceLineEndings("\n"));
        return path;
    }

    private static string Processor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var model = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return model?.Split(':', 2)[1].Trim() ?? "processor unknown";
    }
}
