using System.Text.RegularExpressions;
using CsCheck;
using FastEnrich.Generators.Parsing;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class PatternConstructsTests
{
    private static readonly string[] s_linear =
    [
        "a", "[a-z]", "[^]a]", "[(?=]", "[a-z-[aeiou]]", "[\\]\\1]", "\\(", "\\\\", "\\d", ".", "x?", "(", ")", "(?:", "(?<name>", "(?'name'", "|", "^", "$", "{2}", "*", "+", "(?#(?=x)", "(?i)", "(?i:",
        "\\u0041", "\\p{L}",
    ];

    private static readonly string[] s_others = ["(?<a-b>", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(", "\\1", "\\k<name>", "\\G"];

    [Theory]
    [InlineData("^https?://")]
    [InlineData("[(?=a)b]")]
    [InlineData("\\(?=a")]
    [InlineData("(?<year>\\d{4})")]
    [InlineData("(?#(?=a))b")]
    public void FindBacktracking_LinearPattern_FindsNone(string pattern) => Assert.Null(PatternConstructs.FindBacktracking(pattern));

    [Theory]
    [InlineData("^(?!-)a", "a lookahead")]
    [InlineData("(?<=a)b", "a lookbehind")]
    [InlineData("(a)\\1", "a back-reference")]
    [InlineData("(?<n>a)\\k<n>", "a back-reference")]
    [InlineData("(?>a+)b", "an atomic group")]
    [InlineData("(?<o>a)(?<c-o>b)", "a balancing group")]
    [InlineData("(a)?(?(1)b|c)", "a condition")]
    [InlineData("\\Ga", "an anchor to the last match")]
    public void FindBacktracking_OtherPattern_NamesIt(string pattern, string construct) => Assert.Equal(construct, PatternConstructs.FindBacktracking(pattern));

    /// <summary>What the runtime simplifies away, such as an empty lookahead, may be named all the same.</summary>
    [Fact]
    public void FindBacktracking_PatternThatTheRuntimeRefuses_NamesAConstruct() =>
        Patterns([.. s_linear, .. s_others]).Sample(pattern => Runtime(pattern) != false || PatternConstructs.FindBacktracking(pattern) is not null, iter: 50_000, print: pattern => pattern);

    [Fact]
    public void FindBacktracking_PatternWithoutSuchAConstruct_FindsNone() =>
        Patterns(s_linear).Sample(pattern => Runtime(pattern) != true || PatternConstructs.FindBacktracking(pattern) is null, iter: 20_000, print: pattern => pattern);

    private static Gen<string> Patterns(string[] pieces) => Gen.Int[0, pieces.Length - 1].List[1, 8].Select(chosen => string.Concat(chosen.Select(i => pieces[i])));

    private static bool? Runtime(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
