using System.Linq;

namespace FastEnrich.Generators.Parsing;

/// <summary>The JSON names that System.Text.Json derives from members at run time, as far as it takes to see which are the same.</summary>
internal static class JsonNames
{
    public static string Of(string member, int policy) => policy switch
    {
        1 => Camel(member), // JsonKnownNamingPolicy, in its order
        2 => NameFormat.SnakeCase(member),
        3 => NameFormat.SnakeCase(member).ToUpperInvariant(),
        4 => NameFormat.SnakeCase(member).Replace('_', '-'),
        5 => NameFormat.SnakeCase(member).Replace('_', '-').ToUpperInvariant(),
        _ => member,
    };

    private static string Camel(string member)
    {
        var upper = member.TakeWhile(char.IsUpper).Count();
        var lowered = upper > 1 && upper < member.Length && member[upper] != ' ' ? upper - 1 : upper; // the last capital begins the next word
        return member.Substring(0, lowered).ToLowerInvariant() + member.Substring(lowered);
    }
}
