using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>
/// Asks the generator for a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> that covers a payload type and all that it reaches.
/// </summary>
/// <remarks>
/// The context is named after the plugin class, <c>HubSpotPluginJsonContext</c> for <c>HubSpotPlugin</c>, and stands beside it.
/// For shapes that the generator does not support, declare a context of your own and name it with <see cref="Context"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class JsonPayloadAttribute : Attribute
{
    /// <summary>Initializes the attribute for one payload type.</summary>
    /// <param name="type">The payload's type.</param>
    public JsonPayloadAttribute(Type type) => Type = type;

    /// <summary>Initializes the attribute for a context that the author declares; set <see cref="Context"/>.</summary>
    public JsonPayloadAttribute()
    {
    }

    /// <summary>Gets the payload's type.</summary>
    public Type? Type { get; }

    /// <summary>Gets or sets a context that the author declares and System.Text.Json's own generator writes.</summary>
    public Type? Context { get; set; }

    /// <summary>Gets or sets how a member's name becomes its JSON name where no <see cref="JsonPropertyNameAttribute"/> says it.</summary>
    /// <value>The default, <see cref="JsonKnownNamingPolicy.Unspecified"/>, is the member's own name. All payloads of one plugin use the same.</value>
    public JsonKnownNamingPolicy NamingPolicy { get; set; }
}
