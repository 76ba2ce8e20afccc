using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>The queries whose further pages can be asked for, the newest of them. Thread-safe.</summary>
internal sealed class SalesforceCursors(int pageSize)
{
    private const int MaxKept = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlyList<SalesforceQueryRow>> _kept = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private int _count;

    public SalesforceCursor First(IReadOnlyList<SalesforceQueryRow> rows)
    {
        if (rows.Count <= pageSize)
        {
            return new SalesforceCursor(rows, 0, pageSize, null);
        }

        lock (_lock)
        {
            var locator = SalesforceIds.Make("01g", ++_count);
            _kept[locator] = rows;
            _order.Enqueue(locator);
            if (_order.Count > MaxKept)
            {
                _kept.Remove(_order.Dequeue());
            }

            return At(locator, rows, 0);
        }
    }

    /// <summary>Returns a further page; <see langword="null"/> when the locator is none, or too old.</summary>
    public SalesforceCursor? Find(string text)
    {
        var dash = text.LastIndexOf('-');
        if (dash < 0 || !int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var start))
        {
            return null;
        }

        lock (_lock)
        {
            return _kept.TryGetValue(text[..dash], out var rows) && start < rows.Count ? At(text[..dash], rows, start) : null;
        }
    }

    private SalesforceCursor At(string locator, IReadOnlyList<SalesforceQueryRow> rows, int start) =>
        new(rows, start, pageSize, start + pageSize < rows.Count ? string.Create(CultureInfo.InvariantCulture, $"{locator}-{start + pageSize}") : null);
}
