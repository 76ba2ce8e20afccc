namespace FastEnrich.Plugins;

public sealed class UserIdTests
{
    public static TheoryData<string> Good => new("a", "😀", "\0", "a\nb", "../..", "a%2Fb", "\"", "é", "e\u0301", "\uFFFD", new string('a', 512), new string('é', 256), string.Concat(Enumerable.Repeat("😀", 128)));

    // As char codes: a theory's data is carried as UTF-8, which has no lone surrogates.
    public static TheoryData<int[]> Malformed => new([0xD800], [0xDC00], ['a', 0xD83D], [0xD83D, 'a'], [0xDE00, 0xD83D], [0xD83D, 0xD83D, 0xDE00]);

    [Theory]
    [MemberData(nameof(Good))]
    public void Validate_WellFormedUpTo512Bytes_FindsNothing(string id) => Assert.Null(UserId.Validate(id));

    [Fact]
    public void Validate_Empty_SaysSo()
    {
        Assert.Contains("empty", UserId.Validate(null), StringComparison.Ordinal);
        Assert.Contains("empty", UserId.Validate(""), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Beyond512Bytes_NamesTheLimit()
    {
        Assert.Contains("512", UserId.Validate(new string('a', 513)), StringComparison.Ordinal);
        Assert.Contains("512", UserId.Validate(new string('é', 256) + "a"), StringComparison.Ordinal);
        Assert.Contains("512", UserId.Validate(new string('a', 10_000)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Validate_LoneSurrogate_SaysSo(int[] codes)
    {
        var id = new string([.. codes.Select(code => (char)code)]);

        Assert.Contains("surrogates", UserId.Validate(id), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_BadId_QuotesNothingOfIt()
    {
        Assert.DoesNotContain("secret", UserId.Validate("secret\uD800"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", UserId.Validate("secret" + new string('a', 600)), StringComparison.Ordinal);
    }
}
