using System.Text.Json;

namespace FastEnrich.Sidecar.Cli;

/// <summary>Where <c>fastenrich plugins</c> gets its answers from: a running sidecar, or files.</summary>
internal interface IPluginsSource : IAsyncDisposable
{
    /// <summary>Answers as <c>GET /v1/plugins</c>.</summary>
    /// <exception cref="UsageException">The query has a mistake.</exception>
    /// <exception cref="RefusedException">There is no answer.</exception>
    Task<JsonElement> SearchAsync(string query, CancellationToken cancellationToken);

    /// <summary>Answers as <c>GET /v1/plugins/{name}</c>.</summary>
    /// <exception cref="RefusedException">There is no answer, or no such plugin.</exception>
    Task<JsonElement> ShowAsync(string name, CancellationToken cancellationToken);

    /// <summary>Answers as <c>POST /v1/plugins/{name}/reviews</c>.</summary>
    /// <exception cref="UsageException">The review has a mistake, or there is nowhere to keep it.</exception>
    /// <exception cref="RefusedException">There is no answer, or no such plugin.</exception>
    Task<JsonElement> ReviewAsync(string name, int rating, string? comment, string? reviewer, CancellationToken cancellationToken);

    /// <summary>Answers as <c>POST /v1/plugins/{name}/enable</c> or <c>disable</c>.</summary>
    /// <exception cref="UsageException">Nothing runs that could be switched.</exception>
    /// <exception cref="RefusedException">There is no answer, or it says no.</exception>
    Task<JsonElement> SwitchAsync(string name, bool on, CancellationToken cancellationToken);

    /// <summary>Answers as <c>GET /v1/plugins/{name}/log-level</c>.</summary>
    /// <exception cref="UsageException">Nothing runs that has a level.</exception>
    /// <exception cref="RefusedException">There is no answer, or it says no.</exception>
    Task<JsonElement> GetLogLevelAsync(string name, CancellationToken cancellationToken);

    /// <summary>Answers as <c>POST /v1/plugins/{name}/log-level</c>; <see langword="null"/> takes the plugin's own level back.</summary>
    /// <exception cref="UsageException">Nothing runs that has a level.</exception>
    /// <exception cref="RefusedException">There is no answer, or it says no.</exception>
    Task<JsonElement> SetLogLevelAsync(string name, string? level, CancellationToken cancellationToken);
}
