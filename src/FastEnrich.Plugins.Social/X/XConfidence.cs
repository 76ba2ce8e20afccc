using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.X;

/// <summary>The shared formula; what is derived from a handful of posts counts as little as free text.</summary>
internal sealed class XConfidence(int posts)
{
    private const int EnoughPosts = 5;

    private readonly Confidence _confidence = new();

    public T? Kept<T>(T? fact) => _confidence.Kept(fact);

    public T? FreeText<T>(T? fact) => _confidence.FreeText(fact);

    public T? OfPosts<T>(T? fact) => posts >= EnoughPosts ? _confidence.Derived(fact) : _confidence.FreeText(fact);

    public void SeenAt(DateTimeOffset? time) => _confidence.SeenAt(time);

    public void Expect(int facts) => _confidence.Expect(facts);

    public double At(DateTimeOffset now) => _confidence.At(now);
}
