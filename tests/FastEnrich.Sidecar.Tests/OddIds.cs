namespace FastEnrich.Sidecar.Tests;

/// <summary>Ids that are allowed, and that careless software confuses, cuts or breaks on.</summary>
public static class OddIds
{
    private static readonly string[] s_oneLine =
    [
        "a/b", "a%2Fb", "a%252Fb", "..", ".", "../../etc/passwd", "a\"b'c", "a\\b", "a b", "a+b", "a?b#c&d=e", "a;b", "a\tb", "a\0b", "\u0001", "\u007f",
        "😀", "é", "e\u0301", "User", "user", "İ", "a\u2028b", "%", "%zz", "%00", "[]", "a\rb", "<script>", "null", new string('x', 512), new string('é', 256), "\u202Eabc",
    ];

    private static readonly string[] s_jsonOnly = ["a\nb", "\n", "a\r\n", "{", "{\"user_id\":\"x\"}", "\uFEFFa"];

    public static TheoryData<string> AsLines => [.. s_oneLine];

    public static TheoryData<string> All => [.. s_oneLine, .. s_jsonOnly];
}
