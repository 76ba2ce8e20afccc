using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>X's windows of 15 minutes: each endpoint counts each token on its own. Thread-safe.</summary>
internal sealed class XWindows(XSimulatorOptions options)
{
    private const int Others = 100_000;

    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Route, string Token), SimulatedWindow> _windows = new();

    /// <summary>Counts a request, writes the headers and says whether the request is beyond the limit. Only for tokens that were checked: memory follows their number.</summary>
    public bool Exceeds(string route, string token, IHeaderDictionary headers)
    {
        var limit = route switch
        {
            XRoutes.Users or XRoutes.UsersBy or XRoutes.User or XRoutes.UserByUsername => options.LookupsPerWindow,
            XRoutes.Posts => options.TimelinesPerWindow,
            XRoutes.Lists => options.ListsPerWindow,
            _ => Others,
        };
        var state = _windows.GetOrAdd((route, token), _ => new SimulatedWindow(limit, s_length, options.TimeProvider)).Take();
        headers["x-rate-limit-limit"] = state.Limit.ToString(CultureInfo.InvariantCulture);
        headers["x-rate-limit-remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["x-rate-limit-reset"] = XErrors.Epoch(state.ResetAt);
        headers["x-access-level"] = "read";
        headers["api-version"] = options.NewVocabulary ? "2.167" : "2.166";
        return state.IsExceeded;
    }
}
