using System.Buffers;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FastEnrich.Configuration;

/// <summary>Reads YAML from the events of YamlDotNet's parser; its deserializer, which needs reflection, is not used.</summary>
internal static class YamlDocumentReader
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c),
         .. Enumerable.Range(0x7F, 0x21).Where(c => c != 0x85).Select(c => (char)c), '\uFFFE', '\uFFFF']);

    public static void Read(string text, ConfigDocumentBuilder builder)
    {
        if (RefusesControls(text, builder))
        {
            return;
        }

        var documents = 0;
        Mark last = new(0, 1, 1);
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            while (!builder.IsBroken && parser.MoveNext())
            {
                last = parser.Current!.Start;
                if (parser.Current is DocumentStart && ++documents > 1)
                {
                    builder.Break("one document; the file has several", Line(last), Column(last));
                    return;
                }

                Take(parser.Current, builder);
            }
        }
        catch (YamlException exception)
        {
            builder.Break($"well-formed YAML{Reason(exception)}", Line(exception.Start), Column(exception.Start));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a parser lets slip on garbage (index, overflow) is malformed input to our callers.
            builder.Break("well-formed YAML", Line(last), Column(last));
        }
    }

    private static void Take(ParsingEvent @event, ConfigDocumentBuilder builder)
    {
        var line = Line(@event.Start);
        var column = Column(@event.Start);
        if (@event is NodeEvent node)
        {
            // Neither an anchor's nor a tag's text is repeated: a password that starts with '&' or '!' looks like one.
            if (!node.Anchor.IsEmpty)
            {
                builder.Error("a value without an anchor ('&'); quote text that starts with '&'", line, column);
            }

            if (!node.Tag.IsEmpty)
            {
                builder.Error("a value without a tag ('!'); quote text that starts with '!'", line, column);
            }
        }

        switch (@event)
        {
            case Scalar scalar:
                builder.Scalar(IsNull(scalar) ? null : scalar.Value, scalar.Value, line, column);
                break;
            case AnchorAlias:
                builder.Refused("a value, not an alias ('*'); quote text that starts with '*'", line, column);
                break;
            case MappingStart:
                builder.Start(isList: false, line, column);
                break;
            case SequenceStart:
                builder.Start(isList: true, line, column);
                break;
            case MappingEnd or SequenceEnd:
                builder.End();
                break;
        }
    }

    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Refuses what YAML does not print: the parser takes a NUL for the end of the file and would drop the rest.</summary>
    private static bool RefusesControls(string text, ConfigDocumentBuilder builder)
    {
        var at = text.AsSpan().IndexOfAny(Controls);
        if (at < 0)
        {
            return false;
        }

        var before = text.AsSpan(0, at);
        builder.Break("text without control characters", before.Count('\n') + 1, at - before.LastIndexOf('\n'));
        return true;
    }

    /// <summary>The parser's own words, where they are known to repeat nothing of the file.</summary>
    private static string Reason(YamlException exception) =>
        exception.Message.StartsWith("While ", StringComparison.Ordinal) && exception.Message.EndsWith('.')
            ? $" (w{exception.Message.AsSpan(1)[..^1]})"
            : "";

    private static int Line(Mark mark) => (int)mark.Line;

    private static int Column(Mark mark) => (int)mark.Column;
}
