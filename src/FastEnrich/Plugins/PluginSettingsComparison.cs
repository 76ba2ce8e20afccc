namespace FastEnrich.Plugins;

/// <summary>Compares two configurations of one plugin, each with the engine's settings beside it.</summary>
internal static class PluginSettingsComparison
{
    public static SettingsDifference Compare(PluginSettings now, EngineOptions engineNow, PluginSettings next, EngineOptions engineNext)
    {
        if (!Made(now, engineNow).Equals(Made(next, engineNext)) || !SameOptions(now, next))
        {
            return SettingsDifference.NewInstance;
        }

        return new PluginPolicy(engineNow, now).Times == new PluginPolicy(engineNext, next).Times ? SettingsDifference.None : SettingsDifference.InPlace;
    }

    /// <summary>What the lane and the table are made from.</summary>
    private static (int, int, TimeSpan, int, int, double?, TimeSpan, string?) Made(PluginSettings settings, EngineOptions engine) =>
    (
        settings.Priority,
        settings.MaxRetries ?? engine.MaxRetries,
        settings.RetryDelay ?? engine.RetryDelay,
        settings.MaxConcurrency,
        settings.QueueCapacity,
        settings.RateLimit,
        settings.BatchWindow,
        settings.DataVersion
    );

    /// <summary>What was read from configuration is compared as text: lists in options are equal to themselves alone.</summary>
    private static bool SameOptions(PluginSettings now, PluginSettings next) => (now.ConfigFingerprint, next.ConfigFingerprint) switch
    {
        ({ } left, { } right) => left == right,
        (null, null) => Equals(now.Options, next.Options),
        _ => false,
    };
}
