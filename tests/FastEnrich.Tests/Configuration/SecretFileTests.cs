namespace FastEnrich.Tests.Configuration;

public sealed class SecretFileTests : IDisposable
{
    private const string Planted = "planted-secret";

    private readonly string _directory = Directory.CreateTempSubdirectory("fastenrich-").FullName;

    [Theory]
    [InlineData("key", "key")]
    [InlineData("key\n", "key")]
    [InlineData("key\r\n", "key")]
    [InlineData("key\n\n", "key\n")]
    [InlineData(" ${HOME} $$ ${file:/etc/passwd}", " ${HOME} $$ ${file:/etc/passwd}")] // once, not recursively
    public void File_Content_IsTheValueWithoutOneNewline(string content, string expected)
    {
        using var file = Referring(Write("token", content));

        var options = (FakeOptions)file.Load().Plugins["hubspot"].Options!;

        Assert.Equal(expected, options.ApiUrl![HttpPrefix.Length..]);
    }

    [Fact]
    public void File_BehindALink_IsRead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Write("token", "key");
        using var file = Referring(File.CreateSymbolicLink(Path.Combine(_directory, "link"), "token").FullName);

        Assert.Equal(HttpPrefix + "key", ((FakeOptions)file.Load().Plugins["hubspot"].Options!).ApiUrl);
    }

    [Fact]
    public void File_IsMissing_NamesIt() => Refused(Path.Combine(_directory, "nothing"), "to exist");

    [Fact]
    public void File_IsADirectory_IsRefused() => Refused(_directory, "to exist");

    [Fact]
    public void File_IsEmpty_IsRefused() => Refused(Write("token", ""), "to be a regular one that is not empty");

    [Fact]
    public void File_IsADevice_IsNotOpened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are none");
        Refused("/dev/zero", "to be a regular one that is not empty");
    }

    [Fact]
    public async Task File_IsAPipe_IsNotOpened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mkfifo");
        var pipe = Path.Combine(_directory, "pipe");
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", [pipe]);
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Task.Run(() => Refused(pipe, "to be a regular one that is not empty"), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void File_IsTooLarge_IsRefused() => Refused(Write("token", Planted + new string('x', 64 * 1024)), "to have at most 64 KiB");

    [Fact]
    public void File_IsNoText_IsRefused()
    {
        File.WriteAllBytes(Path.Combine(_directory, "token"), [.. "planted-secret"u8, 0xFF]);
        Refused(Path.Combine(_directory, "token"), "to be valid UTF-8");
    }

    [Theory]
    [InlineData("token")]
    [InlineData("../token")]
    [InlineData("")]
    public void File_PathIsNotAbsolute_IsRefused(string path) => Refused(path, "the absolute path of a file");

    [Fact]
    public void File_ChangesBetweenReads_IsReadAgain()
    {
        var secret = Write("token", "one");
        using var file = Referring(secret);
        var before = file.Load().Plugins["hubspot"];
        Write("token", "two");

        var after = file.Load().Plugins["hubspot"];

        Assert.NotEqual(before.ConfigFingerprint, after.ConfigFingerprint);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private const string HttpPrefix = "https://";

    private static ConfigFile Referring(string path) => new($"plugins:\n  hubspot:\n    config:\n      api_key: k\n      api_url: '{HttpPrefix}${{file:{path}}}'\n");

    private static void Refused(string path, string expected)
    {
        using var file = Referring(path);

        var error = Assert.Single(file.Validate());

        Assert.StartsWith("fastenrich.yaml:5:7: plugins:hubspot:config:api_url: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }
}
