namespace FastEnrich.Plugins;

/// <summary>How much of a running plugin a change of its settings touches.</summary>
internal enum SettingsDifference
{
    None,

    /// <summary>Times and levels, which change in place.</summary>
    InPlace,

    /// <summary>What an instance, its lane or its place among the others is made from.</summary>
    NewInstance,
}
