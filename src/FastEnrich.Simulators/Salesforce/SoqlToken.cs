namespace FastEnrich.Simulators;

/// <summary>A token of a query.</summary>
/// <param name="Kind"><c>w</c> for a word or path, <c>s</c> for a text, <c>n</c> for a number, <c>$</c> for the end, else the character itself.</param>
/// <param name="Text">The word, the number or the text's value.</param>
internal readonly record struct SoqlToken(char Kind, string Text)
{
    public bool Is(string word) => Kind == 'w' && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
