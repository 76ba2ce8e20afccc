namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>
/// How far a contact can be trusted: the mean, over the facts it delivers, of the weight of where each comes from.
/// Typed or kept by the CRM 0.9, derived from counters 0.7, guessed from the IP address 0.4; 0.1 for a contact without any fact.
/// </summary>
internal sealed class HubSpotConfidence
{
    private const double Kept = 0.9;
    private const double Derived = 0.7;
    private const double FromIp = 0.4;
    private const double Nothing = 0.1;

    private double _sum;
    private int _facts;

    public double Value => _facts == 0 ? Nothing : Math.Round(_sum / _facts, 2);

    public T? OfKept<T>(T? fact) => Counted(fact, Kept);

    public T? OfDerived<T>(T? fact) => Counted(fact, Derived);

    public T? OfIp<T>(T? fact) => Counted(fact, FromIp);

    private T? Counted<T>(T? fact, double weight)
    {
        if (fact is not null && fact is not System.Collections.ICollection { Count: 0 })
        {
            _sum += weight;
            _facts++;
        }

        return fact;
    }
}
