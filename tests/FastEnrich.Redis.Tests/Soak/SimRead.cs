namespace FastEnrich.Redis.Tests.Soak;

/// <summary>One request and when it began.</summary>
internal sealed record SimRead(SimInstance Instance, string UserId, EnrichOptions Options, long Begun, DateTimeOffset At, Task<EnrichedProfile> Profile);
