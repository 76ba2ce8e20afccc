namespace FastEnrich;

/// <summary>What a plugin has to say of a user.</summary>
public enum EnrichmentResultKind
{
    /// <summary>Nothing yet: the default of <see cref="EnrichmentResult"/>, refused by the engine.</summary>
    None,

    /// <summary>The upstream knows the user.</summary>
    Found,

    /// <summary>The upstream does not know the user.</summary>
    NotFound,

    /// <summary>The upstream says that the previous result still holds.</summary>
    NotModified,
}
