namespace FastEnrich.Testing;

/// <summary>What a mock server does with a connection instead of answering whole and at once.</summary>
public enum MockFault
{
    /// <summary>Nothing: the answer is sent as it stands.</summary>
    None,

    /// <summary>No answer, until the client goes away or the server is disposed.</summary>
    Hang,

    /// <summary>The connection is reset before a byte of the answer.</summary>
    Reset,

    /// <summary>The status and half of the body are sent, then the connection is reset.</summary>
    TruncatedBody,

    /// <summary>The body is sent in small pieces with pauses.</summary>
    Drip,

    /// <summary>The body is blanks of <see cref="MockResponse.HugeBytes"/>, sent without a length.</summary>
    HugeBody,
}
