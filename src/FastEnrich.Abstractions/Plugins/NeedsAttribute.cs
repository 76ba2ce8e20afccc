namespace FastEnrich;

/// <summary>
/// Names the identities that a plugin looks users up by. The plugin starts when every plugin that provides one of them has settled,
/// and receives these identities and no others.
/// </summary>
/// <param name="identities">Identity names such as <c>email</c> or <c>x_username</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class NeedsAttribute(params string[] identities) : Attribute
{
    /// <summary>Gets the identity names.</summary>
    public string[] Identities { get; } = identities;

    /// <summary>Gets or sets whether the plugin also runs when nobody has the identity.</summary>
    /// <value>The default is <see langword="false"/>: without the identity the plugin is skipped.</value>
    public bool Optional { get; set; }
}
