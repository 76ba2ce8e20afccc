namespace FastEnrich.Redis.Records;

/// <summary>What a record holds.</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>A result; without it, "the upstream does not know the user".</summary>
    Found = 1,

    /// <summary>There is a validator.</summary>
    Validator = 2,

    /// <summary>What follows the header is encrypted.</summary>
    Sealed = 4,

    All = Found | Validator | Sealed,
}
