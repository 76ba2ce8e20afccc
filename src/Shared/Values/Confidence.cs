using System.Collections;

namespace FastEnrich.Plugins.Values;

/// <summary>
/// How far a result can be trusted, from where its facts come from, how many of those hoped for are there, and how old they are; the formula is in <c>docs/confidence.md</c>.
/// Each method passes its fact through, counting it when it is there. Belongs to one result.
/// </summary>
internal sealed class Confidence
{
    private const double KeptWeight = 0.9; // typed by the person, or by somebody who is paid to know
    private const double DerivedWeight = 0.7; // computed from what somebody did
    private const double FreeTextWeight = 0.5; // may be a joke
    private const double FromIpWeight = 0.4; // the provider's city, as often as not
    private const double Least = 0.1; // the record exists, and says nothing

    private const double CompletenessShare = 0.15; // an empty record is less sure to be the right one
    private const double RecencyShare = 0.15;
    private const double OldestRecency = 0.5;

    private static readonly TimeSpan s_fresh = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_old = TimeSpan.FromDays(730);

    private double _sum;
    private int _facts;
    private int _expected;
    private DateTimeOffset? _seenAt;

    public T? Kept<T>(T? fact) => Counted(fact, KeptWeight);

    public T? Derived<T>(T? fact) => Counted(fact, DerivedWeight);

    public T? FreeText<T>(T? fact) => Counted(fact, FreeTextWeight);

    public T? FromIp<T>(T? fact) => Counted(fact, FromIpWeight);

    /// <summary>Says when the upstream last heard of the person; the latest of several counts.</summary>
    public void SeenAt(DateTimeOffset? time)
    {
        if (time > (_seenAt ?? DateTimeOffset.MinValue))
        {
            _seenAt = time;
        }
    }

    /// <summary>Says how many facts a complete record delivers; without, completeness does not count.</summary>
    public void Expect(int facts) => _expected = facts;

    /// <summary>Returns the confidence, 0.1 to 0.9, rounded to two places.</summary>
    public double At(DateTimeOffset now)
    {
        if (_facts == 0)
        {
            return Least;
        }

        var value = _sum / _facts * (1 - (CompletenessShare * (1 - Completeness))) * (1 - (RecencyShare * (1 - Recency(now))));
        return Math.Round(Math.Max(Least, value), 2);
    }

    private double Completeness => _expected <= 0 ? 1 : Math.Min(1, (double)_facts / _expected);

    /// <summary>1 for the last 30 days, then falling evenly to a half after two years; an unknown time counts as in the middle.</summary>
    private double Recency(DateTimeOffset now)
    {
        if (_seenAt is not { } seen)
        {
            return (1 + OldestRecency) / 2;
        }

        var age = now - seen;
        return age <= s_fresh ? 1 : age >= s_old ? OldestRecency : 1 - ((1 - OldestRecency) * ((age - s_fresh) / (s_old - s_fresh)));
    }

    private T? Counted<T>(T? fact, double weight)
    {
        if (fact is not null && fact is not ICollection { Count: 0 } and not string { Length: 0 })
        {
            _sum += weight;
            _facts++;
        }

        return fact;
    }
}
