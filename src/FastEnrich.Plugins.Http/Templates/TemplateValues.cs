namespace FastEnrich.Plugins.Http.Templates;

/// <summary>What placeholders stand for in one request. Belongs to one call.</summary>
internal sealed class TemplateValues
{
    private readonly EnrichmentRequest? _request;

    public TemplateValues(EnrichmentRequest request) => _request = request;

    public TemplateValues(IReadOnlyList<string> keys) => Keys = keys;

    public IReadOnlyList<string> Keys { get; } = [];

    /// <summary>Returns a value; <see langword="null"/> when the user has none.</summary>
    public string? this[string name] =>
        name == TemplateText.UserId ? _request?.UserId
        : name.StartsWith(TemplateText.IdentityPrefix, StringComparison.Ordinal) ? _request?.Identities.GetValueOrDefault(name[TemplateText.IdentityPrefix.Length..])
        : null;
}
