namespace FastEnrich.Registry;

/// <summary>What found plugins are sorted by; equal ones by name.</summary>
public enum PluginSort
{
    /// <summary>The name.</summary>
    Name,

    /// <summary>The average rating; plugins without one count as 0.</summary>
    Rating,

    /// <summary>The number of calls.</summary>
    Usage,

    /// <summary>When the present version was first seen.</summary>
    Date,
}
