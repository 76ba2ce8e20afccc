namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>What came for one or more calls: an answer for each, or one in place of all.</summary>
internal sealed class FacebookAnswers
{
    public FacebookAnswers(IReadOnlyList<FacebookAnswer?> each) => Each = each;

    public FacebookAnswers(FacebookAnswer inPlaceOfAll) => (Each, InPlaceOfAll) = ([], inPlaceOfAll);

    /// <summary>Gets the answers in the order of the calls; <see langword="null"/> for a call that did not end in time.</summary>
    public IReadOnlyList<FacebookAnswer?> Each { get; }

    /// <summary>Gets what answered a whole batch, usually an error.</summary>
    public FacebookAnswer? InPlaceOfAll { get; }
}
