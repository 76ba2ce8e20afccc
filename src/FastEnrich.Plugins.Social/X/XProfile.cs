using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>All that was read of one user; <see langword="null"/> for what was not asked for.</summary>
internal sealed record XProfile(XUser User, XTimeline? Timeline, IReadOnlyList<string>? Lists);
