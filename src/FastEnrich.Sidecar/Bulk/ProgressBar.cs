using System.Globalization;

namespace FastEnrich.Sidecar.Bulk;

/// <summary>One line that is drawn over itself, at most ten times a second.</summary>
internal sealed class ProgressBar(TextWriter writer, long? total, TimeProvider timeProvider)
{
    private const int Width = 30;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private long _drawnAt = timeProvider.GetTimestamp();
    private int _length;

    public void Update(RunStatistics statistics)
    {
        if (timeProvider.GetElapsedTime(_drawnAt) < s_interval)
        {
            return;
        }

        _drawnAt = timeProvider.GetTimestamp();
        Draw(statistics);
    }

    /// <summary>Draws the last state and wipes the line, so that the summary stands alone.</summary>
    public void Clear()
    {
        if (_length > 0)
        {
            writer.Write("\r" + new string(' ', _length) + "\r");
            _length = 0;
        }
    }

    private void Draw(RunStatistics statistics)
    {
        var seconds = statistics.Elapsed.TotalSeconds;
        var rate = seconds > 0 ? statistics.Lines / seconds : 0;
        var text = total is { } all and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"[{Bar(statistics.Lines, all)}] {statistics.Lines}/{all} {rate:0}/s")
            : string.Create(CultureInfo.InvariantCulture, $"{statistics.Lines} lines {rate:0}/s");
        writer.Write("\r" + text.PadRight(_length));
        _length = text.Length;
    }

    private static string Bar(long done, long all)
    {
        var filled = (int)Math.Min(Width, done * Width / all);
        return new string('#', filled).PadRight(Width, '.');
    }
}
