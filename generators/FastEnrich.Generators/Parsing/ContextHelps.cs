namespace FastEnrich.Generators.Parsing;

/// <summary>A fact that FE3003 carries for the editor: a context of System.Text.Json's own generator can use the converter.</summary>
internal static class ContextHelps
{
    public const string Key = "context-helps";
}
