using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>One error of a system's catalogue.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body; <c>{text}</c> stands for what the message quotes.</param>
/// <param name="Headers">Further headers, <c>name: value</c>.</param>
internal sealed record SimulatedError(int Status, string Body = "", params string[] Headers)
{
    public string ContentType { get; init; } = "application/json;charset=utf-8";

    /// <summary>What stands for <c>{text}</c> when nobody says; as dull as real ones.</summary>
    public string DefaultText { get; init; } = "internal error";

    public async Task WriteAsync(HttpContext http, string? text = null)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        foreach (var header in Headers)
        {
            var (name, value) = (header[..header.IndexOf(':')], header[(header.IndexOf(':') + 1)..].Trim());
            http.Response.Headers[name] = value;
        }

        var quoted = JsonEncodedText.Encode(text ?? DefaultText).ToString();
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body.Replace("{text}", quoted, StringComparison.Ordinal)), http.RequestAborted).ConfigureAwait(false);
    }
}
