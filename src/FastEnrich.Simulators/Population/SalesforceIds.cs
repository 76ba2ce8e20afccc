namespace FastEnrich.Simulators;

/// <summary>Salesforce's record ids: a prefix for the object, 12 characters for the record, 3 that say which of the 15 are capitals.</summary>
internal static class SalesforceIds
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Suffixes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private const int Length = 15;

    /// <summary>Makes the id of a record.</summary>
    /// <param name="prefix">The object's prefix, as <c>003</c> for contacts.</param>
    /// <param name="number">The record's number, 0 to 62^10 - 1.</param>
    public static string Make(string prefix, long number)
    {
        Span<char> id = stackalloc char[Length + 3];
        prefix.CopyTo(id);
        "5e".CopyTo(id[3..]); // the instance, the same for all
        for (var i = Length - 1; i >= 5; i--, number /= Digits.Length)
        {
            id[i] = Digits[(int)(number % Digits.Length)];
        }

        for (var block = 0; block < 3; block++)
        {
            var capitals = 0;
            for (var i = 0; i < 5; i++)
            {
                capitals |= char.IsAsciiLetterUpper(id[(block * 5) + i]) ? 1 << i : 0;
            }

            id[Length + block] = Suffixes[capitals];
        }

        return new string(id);
    }

    /// <summary>Returns the number of an id of 15 or 18 characters, or <see langword="null"/> when it is none of the object's.</summary>
    public static long? NumberOf(string prefix, string id)
    {
        if (id.Length is not (Length or Length + 3) || !id.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        long number = 0;
        foreach (var c in id.AsSpan(5, Length - 5))
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0 || number > (long.MaxValue - digit) / Digits.Length)
            {
                return null;
            }

            number = (number * Digits.Length) + digit;
        }

        return Make(prefix, number).StartsWith(id, StringComparison.Ordinal) ? number : null;
    }
}
