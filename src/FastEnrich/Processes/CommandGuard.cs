using System.Security.Cryptography;

namespace FastEnrich.Processes;

/// <summary>
/// Refuses a command that somebody else could have changed. The executable, every word of the command that names a file by its absolute path, the working folder, and each
/// folder and link on the way to them belong to root or to the user that we run as, and are writable by nobody else. A folder that others may write passes
/// only with the sticky bit, as /tmp has it: nobody can replace there what belongs to another.
/// </summary>
internal static class CommandGuard
{
    private const int MaxLinks = 40; // Linux's own limit

    public static void ThrowIfUnsafe(string plugin, ProcessOptions options)
    {
        var executable = options.Command[0];
        if ((FindProblem(executable, isFolder: false)
            ?? options.Command.Skip(1)
                .Where(IsFile)
                .Select(static file => FindProblem(file, isFolder: false))
                .FirstOrDefault(static problem => problem is not null)
            ?? FindProblem(options.WorkingDirectory, isFolder: true)) is { } problem)
        {
            throw Refused(plugin, problem);
        }

        foreach (var checksum in options.Checksums)
        {
            if (Digest(checksum.File) is not { } digest)
            {
                throw Refused(plugin, $"The file '{checksum.File}' could not be read for its checksum.");
            }

            if (digest != checksum.Sha256)
            {
                throw Refused(plugin, $"The file '{checksum.File}' does not have its configured checksum.");
            }
        }
    }

    /// <summary>Says why a path is not safe to start from; <see langword="null"/> when it is.</summary>
    public static string? FindProblem(string path, bool isFolder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Path.Exists(path) ? null : $"'{path}' does not exist."; // no way to ask for the owner: docs/process-plugins says so
        }

        var rest = new Stack<string>(Parts(path));
        var at = "/";
        var links = 0;
        if (FolderProblem(at) is { } rootProblem)
        {
            return rootProblem;
        }

        while (rest.TryPop(out var part))
        {
            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            var next = Path.Combine(at, part);
            if (!NativeMethods.TryStat(next, out var facts))
            {
                return $"'{next}' does not exist or cannot be read.";
            }

            if (facts.IsLink)
            {
                if (++links > MaxLinks || new FileInfo(next).LinkTarget is not { } target)
                {
                    return $"'{next}' is a link that leads nowhere.";
                }

                if (!IsOurs(facts.Owner))
                {
                    return Foreign(next);
                }

                at = target.StartsWith('/') ? "/" : at;
                foreach (var step in Parts(target))
                {
                    rest.Push(step);
                }

                continue;
            }

            at = next;
            if ((rest.Count > 0 || isFolder ? FolderProblem(at) : FileProblem(at, facts)) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static IEnumerable<string> Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".").Reverse();

    private static string? FolderProblem(string path)
    {
        if (!OperatingSystem.IsLinux() || !NativeMethods.TryStat(path, out var facts) || !facts.IsFolder)
        {
            return $"'{path}' is not a folder.";
        }

        if (!IsOurs(facts.Owner))
        {
            return Foreign(path);
        }

        return facts.IsWritableByOthers && !facts.IsSticky ? Writable(path) : null;
    }

    private static string? FileProblem(string path, in FileFacts facts)
    {
        if (!facts.IsFile)
        {
            return $"'{path}' is not a file.";
        }

        return !IsOurs(facts.Owner) ? Foreign(path) : facts.IsWritableByOthers ? Writable(path) : null;
    }

    private static bool IsOurs(uint owner) => owner == 0 || (OperatingSystem.IsLinux() && owner == NativeMethods.EffectiveUser());

    private static bool IsFile(string argument) => Path.IsPathFullyQualified(argument) && File.Exists(argument);

    private static string? Digest(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Foreign(string path) => $"'{path}' belongs to another user than root and the one that runs this process.";

    private static string Writable(string path) => $"'{path}' can be written by its group or by others.";

    private static PluginException Refused(string plugin, string problem) =>
        new(
            plugin,
            ProcessFailure.Start,
            "The command was refused: somebody could have changed it, or a checksum differs. The log says which file.",
            PluginErrorCode.InvalidConfig,
            cause: new CommandRefusedException(problem));
}
