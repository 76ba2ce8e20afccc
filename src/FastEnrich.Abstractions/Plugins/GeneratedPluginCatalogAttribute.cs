using System.ComponentModel;

namespace FastEnrich;

/// <summary>Says at compile time which plugins an assembly holds, so that <c>AddAllPlugins()</c> finds them. Written by the generator.</summary>
/// <param name="catalog">The generated class that registers them.</param>
/// <param name="plugins">The plugins' names and aliases.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GeneratedPluginCatalogAttribute(Type catalog, params string[] plugins) : Attribute
{
    /// <summary>Gets the generated class that registers the plugins.</summary>
    public Type Catalog { get; } = catalog;

    /// <summary>Gets or sets how the catalog is written, so that an older generator refuses a newer one by name.</summary>
    public int Format { get; set; } = 1;

    /// <summary>Gets the plugins' names and aliases.</summary>
    public string[] Plugins { get; } = plugins;
}
