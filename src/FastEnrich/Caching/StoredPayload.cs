using System.Text.Json;
using System.Text.Unicode;

namespace FastEnrich.Caching;

/// <summary>Checks the payload of a record in one pass, without decoding it: whoever can write to the second tier may have written it.</summary>
internal static class StoredPayload
{
    /// <summary>What an upstream's answer may hold; what is made of it is hardly larger.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Whether it is one JSON object that can go out as it is: valid UTF-8 in one line, not too large and not too deep.</summary>
    public static bool IsSound(ReadOnlySpan<byte> payload)
    {
        if (payload.Length is 0 or > MaxBytes || payload[0] != '{' || payload.IndexOfAny((byte)'\r', (byte)'\n') >= 0 || !Utf8.IsValid(payload))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = OpenJsonText.MaxDepth });
            while (reader.Read())
            {
                // Reading it is the check; the reader itself refuses a second value and what nests too deep.
            }

            return !OpenJsonText.HasLoneSurrogate(payload);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
