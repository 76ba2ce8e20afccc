using System.Net.Http.Headers;
using System.Text;

namespace FastEnrich.Plugins.Http.Templates;

/// <summary>The body of a request, JSON or a form. Immutable.</summary>
internal sealed class BodyTemplate
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private static readonly MediaTypeHeaderValue s_form = new("application/x-www-form-urlencoded");

    private readonly JsonTemplate? _json;
    private readonly PairTemplate? _form;

    private BodyTemplate(JsonTemplate? json, PairTemplate? form)
    {
        _json = json;
        _form = form;
    }

    public IEnumerable<TemplateText> Texts => _json?.Texts ?? _form!.Texts;

    public static BodyTemplate Parse(string text, HttpBodyFormat format, string where, bool batch, string separator, ICollection<string> errors) =>
        format == HttpBodyFormat.Json
            ? new BodyTemplate(JsonTemplate.Parse(text, where, batch, errors), null)
            : new BodyTemplate(null, PairTemplate.Parse(text, where, batch, separator, errors));

    /// <summary>Makes the body; <see langword="null"/> when a value is missing.</summary>
    public HttpContent? ToContent(TemplateValues values)
    {
        if (_json is not null)
        {
            return _json.ToBytes(values) is { } json ? new ByteArrayContent(json) { Headers = { ContentType = s_json } } : null;
        }

        var text = new StringBuilder();
        return _form!.TryWrite(text, values) ? new ByteArrayContent(Encoding.ASCII.GetBytes(text.ToString())) { Headers = { ContentType = s_form } } : null;
    }
}
