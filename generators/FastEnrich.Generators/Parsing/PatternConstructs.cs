namespace FastEnrich.Generators.Parsing;

/// <summary>Finds what makes a regular expression need backtracking, whatever runtime the compiler is hosted by: only .NET 7 and later could say it themselves.</summary>
internal static class PatternConstructs
{
    /// <summary>Names the first construct that <c>RegexOptions.NonBacktracking</c> refuses; nothing when there is none.</summary>
    public static string? FindBacktracking(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    if (Escape(pattern, ++i) is { } escape)
                    {
                        return escape;
                    }

                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    break;
                case '(' when At(pattern, i + 1) == '?':
                    if (At(pattern, i + 2) == '#')
                    {
                        i = pattern.IndexOf(')', i) is >= 0 and var end ? end : pattern.Length;
                    }
                    else if (Group(pattern, i + 2) is { } group)
                    {
                        return group;
                    }

                    break;
            }
        }

        return null;
    }

    private static string? Escape(string pattern, int at) => At(pattern, at) switch
    {
        >= '1' and <= '9' or 'k' => "a back-reference",
        'G' => "an anchor to the last match",
        _ => null,
    };

    private static string? Group(string pattern, int at) => At(pattern, at) switch
    {
        '=' or '!' => "a lookahead",
        '>' => "an atomic group",
        '(' => "a condition",
        '<' when At(pattern, at + 1) is '=' or '!' => "a lookbehind",
        '<' => Balances(pattern, at + 1, '>'),
        '\'' => Balances(pattern, at + 1, '\''),
        _ => null,
    };

    private static string? Balances(string pattern, int at, char end)
    {
        var name = pattern.IndexOf(end, at) is >= 0 and var stop ? pattern.Substring(at, stop - at) : "";
        return name.Contains("-") ? "a balancing group" : null;
    }

    /// <summary>Skips <c>[...]</c>, in which a bracket at once after its start is a character and <c>-[...]</c> subtracts another class.</summary>
    private static int EndOfClass(string pattern, int at)
    {
        var i = at + (At(pattern, at + 1) == '^' ? 2 : 1);
        for (var first = i; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case ']' when i > first:
                    return i;
                case '-' when At(pattern, i + 1) == '[':
                    i = EndOfClass(pattern, i + 1);
                    break;
            }
        }

        return pattern.Length;
    }

    private static char At(string pattern, int index) => index < pattern.Length ? pattern[index] : '\0';
}
