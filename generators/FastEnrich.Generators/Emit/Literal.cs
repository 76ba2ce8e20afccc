using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Emit;

/// <summary>C# text for values.</summary>
internal static class Literal
{
    public static string Of(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Array(IEnumerable<string> texts)
    {
        var items = texts.Select(Of).ToArray();
        return items.Length == 0 ? "global::System.Array.Empty<string>()" : $"new string[] {{ {string.Join(", ", items)} }}";
    }
}
