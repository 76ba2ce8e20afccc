using System.Collections.Frozen;

namespace FastEnrich.Plugins.Values;

/// <summary>Checks currencies against ISO 4217.</summary>
internal static class Currency
{
    private static readonly FrozenSet<string> s_codes = Codes.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // The codes in use; no funds, metals or test codes, which nobody pays a purchase with.
    private const string Codes =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD "
        + "EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD "
        + "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF "
        + "SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
        + "UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG "
        + "ANG HRK SLL CUC"; // retired, and still on older deals

    /// <summary>Returns the code in capitals, or <see langword="null"/> when the text is none.</summary>
    public static string? Resolve(string? text) =>
        text is { Length: 3 } && s_codes.TryGetValue(text, out var code) ? code : null;
}
