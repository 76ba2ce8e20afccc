using Microsoft.Extensions.Logging;

namespace FastEnrich.Registry;

/// <summary>The registry's log lines: one for each change. Names are kebab-case by then, and problems quote no values.</summary>
internal static partial class Log
{
    private const int Registry = 700;

    [LoggerMessage(Registry + 1, LogLevel.Information, "Plugin {Plugin}: manifest of version {Version} read.", EventName = "ManifestRead")]
    public static partial void ManifestRead(ILogger logger, string plugin, string version);

    [LoggerMessage(
        Registry + 2,
        LogLevel.Warning,
        "Plugin {Plugin}: its manifest cannot be used, the last good one, if any, is kept ({Count} errors; the first: {First}).",
        EventName = "ManifestBroken")]
    public static partial void ManifestBroken(ILogger logger, string plugin, int count, string first);

    [LoggerMessage(Registry + 3, LogLevel.Information, "Plugin {Plugin}: its manifest is gone.", EventName = "ManifestGone")]
    public static partial void ManifestGone(ILogger logger, string plugin);

    [LoggerMessage(Registry + 4, LogLevel.Warning, "The plugin folder cannot be read ({Type}); what is known of it is kept.", EventName = "FolderUnreadable")]
    public static partial void FolderUnreadable(ILogger logger, string type);

    [LoggerMessage(
        Registry + 5,
        LogLevel.Warning,
        "The plugin folder has {Count} entries that are no plugins: a name that is not kebab-case, or beyond the first {Limit}.",
        EventName = "FoldersIgnored")]
    public static partial void FoldersIgnored(ILogger logger, int count, int limit);

    [LoggerMessage(
        Registry + 6,
        LogLevel.Warning,
        "Changes of the plugin folder are not reported by the system ({Type}); it is looked at every {Interval}.",
        EventName = "WatchFailed")]
    public static partial void WatchFailed(ILogger logger, string type, TimeSpan interval);

    [LoggerMessage(Registry + 7, LogLevel.Error, "The registry's file was damaged and set aside as {Name}; usage and reviews begin anew.", EventName = "FileDamaged")]
    public static partial void FileDamaged(ILogger logger, string name);

    [LoggerMessage(Registry + 8, LogLevel.Warning, "The registry's file cannot be read or written ({Type}); it is tried again.", EventName = "FileFailed")]
    public static partial void FileFailed(ILogger logger, string type);

    [LoggerMessage(Registry + 9, LogLevel.Information, "The registry's file can be used again.", EventName = "FileBack")]
    public static partial void FileBack(ILogger logger);
}
