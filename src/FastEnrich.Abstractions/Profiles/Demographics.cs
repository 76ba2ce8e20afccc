namespace FastEnrich;

/// <summary>Who a user is. Empty texts read as <see langword="null"/> and are omitted on the wire.</summary>
public sealed record Demographics
{
    private static readonly Demographics s_empty = new();

    /// <summary>Gets the age in years; 0 is a value.</summary>
    public int? Age { get; init; }

    /// <summary>Gets the gender, as the upstream says it.</summary>
    public string? Gender { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the location as free text.</summary>
    public string? Location { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the country; an ISO 3166 alpha-2 code where the upstream's text could be resolved.</summary>
    public string? Country { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the city.</summary>
    public string? City { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the income, as the upstream says it.</summary>
    public string? Income { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the education.</summary>
    public string? Education { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the occupation.</summary>
    public string? Occupation { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the marital status.</summary>
    public string? MaritalStatus { get; init => field = Omit.Empty(value); }

    internal bool IsEmpty => this == s_empty;

    /// <summary>Returns the type's name, and nothing of the user.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(Demographics);
}
