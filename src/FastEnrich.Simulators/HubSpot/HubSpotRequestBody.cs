using System.Text.Json;

namespace FastEnrich.Simulators;

/// <summary>The body of a batch read.</summary>
/// <param name="Ids">The ids of the inputs, in order.</param>
/// <param name="Properties">The properties asked for.</param>
/// <param name="IdProperty">What the ids are of; <see langword="null"/> for the record id.</param>
internal sealed record HubSpotRequestBody(IReadOnlyList<string> Ids, IReadOnlyList<string> Properties, string? IdProperty)
{
    /// <summary>Returns <see langword="null"/> when the body is not one.</summary>
    public static async Task<HubSpotRequestBody?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
            var root = document.RootElement;
            var ids = root.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("id").GetString()!).ToList();
            List<string> properties = root.TryGetProperty("properties", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
            return new HubSpotRequestBody(ids, properties, root.TryGetProperty("idProperty", out var idProperty) ? idProperty.GetString() : null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
