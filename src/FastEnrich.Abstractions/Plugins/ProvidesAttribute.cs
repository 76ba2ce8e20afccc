namespace FastEnrich;

/// <summary>
/// Names the identities that a plugin's results carry, so that plugins that need one of them start after it.
/// </summary>
/// <param name="identities">Identity names such as <c>email</c> or <c>x_username</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProvidesAttribute(params string[] identities) : Attribute
{
    /// <summary>Gets the identity names.</summary>
    public string[] Identities { get; } = identities;
}
