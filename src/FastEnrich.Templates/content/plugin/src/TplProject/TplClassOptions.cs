using FastEnrich;

namespace TplNamespace;

/// <summary>The options of <c>tpl-name</c>: what stands under <c>plugins.tpl-name.config</c>.</summary>
public sealed partial record TplClassOptions
{
    /// <summary>Gets where the upstream is.</summary>
    /// <value>An http or https address. Plain http to another machine needs <see cref="AllowHttp"/>.</value>
    [ConfigProperty(Description = "Address of the upstream", Pattern = "^https?://")]
    public required string ApiUrl { get; init; }

    /// <summary>Gets the key that the upstream knows us by. It is never printed.</summary>
    [ConfigProperty(Description = "Key of the upstream", Pattern = "^[!-~]+$", Sensitive = true)]
    public required string ApiKey { get; init; }

    /// <summary>Gets how sure we are of what the upstream says, beside what other plugins say.</summary>
    /// <value>From 0 to 1. The default is 0.8.</value>
    [ConfigProperty(Description = "Confidence of every result", Minimum = 0, Maximum = 1)]
    public double Confidence { get; init; } = 0.8;

    /// <summary>Gets whether the key may travel in the open, as within a closed network.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether plain http to another machine is allowed")]
    public bool AllowHttp { get; init; }
}
