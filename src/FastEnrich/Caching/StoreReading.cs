namespace FastEnrich.Caching;

/// <summary>What a fetch knows of its record in the second tier.</summary>
internal enum StoreReading : byte
{
    /// <summary>It was not read, or did not answer.</summary>
    Away,

    /// <summary>There is none.</summary>
    Absent,

    /// <summary>There is one, of use to this instance or not.</summary>
    Present,
}
