using System.Text;

namespace FastEnrich.Generators.Tests.Edits;

/// <summary>A text with places that have several versions; versions may have such places, too.</summary>
internal sealed class ProgramTemplate
{
    private readonly string _text;
    private int _at;
    private int _places;

    private ProgramTemplate(string text) => _text = text;

    /// <summary>Gives the text with the version chosen at each place, counted in the order of the text.</summary>
    public static string Fill(string text, IReadOnlyDictionary<int, int> chosen) => new ProgramTemplate(text).Read(chosen, nested: false);

    public static int Places(string text) => text.Split("$(").Length - 1;

    private string Read(IReadOnlyDictionary<int, int> chosen, bool nested)
    {
        var place = nested ? _places++ : -1;
        var versions = new List<StringBuilder> { new() };
        while (_at < _text.Length)
        {
            var mark = _text[_at] == '$' && _at + 1 < _text.Length ? _text[_at + 1] : '\0';
            _at += mark is '(' or '|' or ')' ? 2 : 1;
            switch (mark)
            {
                case '(':
                    versions[^1].Append(Read(chosen, nested: true));
                    break;
                case '|':
                    versions.Add(new());
                    break;
                case ')':
                    return versions[chosen.GetValueOrDefault(place) % versions.Count].ToString();
                default:
                    versions[^1].Append(_text[_at - 1]);
                    break;
            }
        }

        return versions[^1].ToString();
    }
}
