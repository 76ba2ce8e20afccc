namespace FastEnrich.Pipeline;

/// <summary>One user of a bulk call, from when it is read until its profile is taken.</summary>
internal readonly record struct BulkUser(string UserId, Task<EnrichedProfile> Profile);
