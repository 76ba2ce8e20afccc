namespace FastEnrich;

/// <summary>How much of a profile is written.</summary>
public enum ProfileView
{
    /// <summary>Everything, each plugin's result included.</summary>
    Full,

    /// <summary>Without the results by plugin.</summary>
    Merged,
}
