using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>A user of a batch's answer, and the positions of the requests it answers.</summary>
internal sealed record XBatchMember(XUser User, IReadOnlyList<int> Indexes);
