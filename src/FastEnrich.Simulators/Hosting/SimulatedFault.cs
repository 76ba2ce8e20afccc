namespace FastEnrich.Simulators;

/// <summary>What a simulator does instead of answering; these are common to all systems. Each system's own errors go by name.</summary>
public enum SimulatedFault
{
    /// <summary>500 with the vendor's error body.</summary>
    ServerError,

    /// <summary>503 with a page instead of JSON.</summary>
    Unavailable,

    /// <summary>504 without a body.</summary>
    GatewayTimeout,

    /// <summary>302 to another host.</summary>
    Redirect,

    /// <summary>200 with text that is not JSON.</summary>
    MalformedBody,

    /// <summary>200 with JSON that ends in the middle.</summary>
    TruncatedJson,

    /// <summary>200 with a connection that breaks in the middle of the body.</summary>
    BrokenConnection,

    /// <summary>200 with 50 MB of JSON, of unknown length.</summary>
    HugeBody,

    /// <summary>200 with 50 MB of JSON, compressed to about 50 kB.</summary>
    CompressedBomb,

    /// <summary>No answer at all, until the client goes away.</summary>
    Hang,
}
