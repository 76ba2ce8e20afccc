using System.Runtime.Versioning;
using System.Security.Cryptography;
using FastEnrich.Processes;

namespace FastEnrich.Tests.Processes;

[UnsupportedOSPlatform("windows")] // skipped there
public sealed class CommandGuardTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("fastenrich-").FullName; // mode 0700, in a sticky /tmp
    private readonly string _file;

    public CommandGuardTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "owners are asked for on Linux alone");
        _file = Path.Combine(_folder, "plugin");
        File.WriteAllText(_file, "#!/bin/sh\n");
        File.SetUnixFileMode(_file, Private);
    }

    [Fact]
    public void Check_FileOfOursInAPrivateFolder_IsTaken() => CommandGuard.ThrowIfUnsafe("crm", Options());

    [Fact]
    public void Check_SystemBinaryBehindLinks_IsTaken() => Assert.Null(CommandGuard.FindProblem("/bin/sh", isFolder: false));

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Check_FileThatOthersMayWrite_IsRefused(UnixFileMode mode)
    {
        File.SetUnixFileMode(_file, Private | mode);

        Assert.Equal($"'{_file}' can be written by its group or by others.", Refusal(Options()));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Check_FolderThatOthersMayWrite_IsRefusedUnlessSticky(UnixFileMode mode)
    {
        File.SetUnixFileMode(_folder, Private | mode);
        Assert.Equal($"'{_folder}' can be written by its group or by others.", Refusal(Options()));

        File.SetUnixFileMode(_folder, Private | mode | UnixFileMode.StickyBit);
        CommandGuard.ThrowIfUnsafe("crm", Options());
    }

    [Fact]
    public void Check_FolderAboveTheFolder_IsLookedAtToo()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "inner"), Private).FullName;
        File.Move(_file, Path.Combine(inner, "plugin"));
        File.SetUnixFileMode(_folder, Private | UnixFileMode.OtherWrite);

        Assert.Equal($"'{_folder}' can be written by its group or by others.", Refusal(Options(Path.Combine(inner, "plugin"))));
    }

    [Fact]
    public void Check_LinkIntoAFolderThatOthersMayWrite_IsRefused()
    {
        var open = Directory.CreateDirectory(Path.Combine(_folder, "open"), Private).FullName;
        File.SetUnixFileMode(open, Private | UnixFileMode.OtherWrite);
        File.Copy(_file, Path.Combine(open, "plugin"));
        var link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, "./open/../open/plugin");

        Assert.Equal($"'{open}' can be written by its group or by others.", Refusal(Options(link)));
    }

    [Fact]
    public void Check_LinksInACircle_AreRefused()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(_folder, "b"), "a");

        Assert.EndsWith("is a link that leads nowhere.", Refusal(Options(Path.Combine(_folder, "a"))));
    }

    [Fact]
    public void Check_ScriptOfAnInterpreter_IsHeldToTheSameRule()
    {
        File.SetUnixFileMode(_file, Private | UnixFileMode.OtherWrite);

        Assert.Equal($"'{_file}' can be written by its group or by others.", Refusal(Options("/bin/sh", "-e", _file)));
    }

    [Fact]
    public void Check_WorkingFolderThatOthersMayWrite_IsRefused()
    {
        var open = Directory.CreateDirectory(Path.Combine(_folder, "open"), Private).FullName;
        File.SetUnixFileMode(open, Private | UnixFileMode.OtherWrite);

        var options = new ProcessOptions { Command = [_file], WorkingDirectory = open };

        Assert.Equal($"'{open}' can be written by its group or by others.", Refusal(options));
    }

    [Fact]
    public void Check_MissingFileAndFolder_AreRefused()
    {
        Assert.Equal($"'{_file}x' does not exist or cannot be read.", Refusal(Options(_file + "x")));
        Assert.Equal($"'{_folder}' is not a file.", Refusal(Options(_folder)));
    }

    [Fact]
    public void Check_FileOfAnotherUser_IsRefused()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root gives files away");
        using var chown = System.Diagnostics.Process.Start("chown", ["12345", _file]);
        chown.WaitForExit();

        Assert.Equal($"'{_file}' belongs to another user than root and the one that runs this process.", Refusal(Options()));
    }

    [Fact]
    public void Check_Checksum_IsHeldToTheFileAsItIs()
    {
        var options = new ProcessOptions { Command = ["/bin/sh", _file], Checksums = [new ProcessChecksum(_file, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_file))))] };
        CommandGuard.ThrowIfUnsafe("crm", options);

        File.AppendAllText(_file, "#");

        Assert.Equal($"The file '{_file}' does not have its configured checksum.", Refusal(options));
    }

    [Fact]
    public void Launch_UnsafeCommand_StartsNothing()
    {
        var witness = Path.Combine(_folder, "started");
        File.WriteAllText(_file, $"#!/bin/sh\n: > {witness}\n");
        File.SetUnixFileMode(_file, Private | UnixFileMode.OtherWrite);

        Assert.Throws<PluginException>(() => ProcessLauncher.Guarded.Launch("crm", Options()));

        Assert.False(File.Exists(witness));
    }

    [Fact]
    public async Task Launch_ArgumentsWithShellSyntax_ReachTheChildAsTheyAre()
    {
        File.WriteAllText(_file, "#!/bin/sh\nprintf '%s|' \"$@\"\n");

        using var child = ProcessLauncher.Guarded.Launch("crm", Options(_file, "$(id)", "a b", "; rm -rf /", "*", ""));

        Assert.Equal("$(id)|a b|; rm -rf /|*||", await new StreamReader(child.Output).ReadToEndAsync());
        Assert.Equal(0, await child.Exited);
    }

    [Fact]
    public void Launch_FileThatCannotRun_IsAConnectionError()
    {
        File.SetUnixFileMode(_file, UnixFileMode.UserRead);

        Assert.Equal(PluginErrorCode.ConnectionError, Assert.Throws<PluginException>(() => ProcessLauncher.Guarded.Launch("crm", Options())).Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Refusal(ProcessOptions options)
    {
        var failure = Assert.Throws<PluginException>(() => CommandGuard.ThrowIfUnsafe("crm", options));
        Assert.Equal((PluginErrorCode.InvalidConfig, false), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("/", failure.Message); // callers see it: no path of this machine
        return Assert.IsType<CommandRefusedException>(failure.InnerException).Message;
    }

    private ProcessOptions Options(params string[] command) => new() { Command = command.Length == 0 ? [_file] : command };
}
