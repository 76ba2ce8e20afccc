using System.Net.Sockets;

namespace FastEnrich;

/// <summary>Turns what went wrong on the way to an upstream into a failure that names the kind and nothing else.</summary>
internal static class UpstreamFailure
{
    /// <summary>The exception is not kept as the cause: its text may name an address, a proxy's credentials or a piece of the body.</summary>
    public static PluginException From(string plugin, string operation, Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => new(plugin, operation, "no answer in time", PluginErrorCode.TimeoutError),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse } => CutOff(plugin, operation),
        HttpRequestException failed => new(plugin, operation, $"the connection failed ({Describe(failed)})", PluginErrorCode.ConnectionError),
        InvalidDataException => new(plugin, operation, "the answer could not be decompressed", PluginErrorCode.InvalidResponse),
        IOException => CutOff(plugin, operation),
        InvalidOperationException or NotSupportedException or FormatException => new(plugin, operation, "the request cannot be sent as configured", PluginErrorCode.InvalidConfig),
        _ => new(plugin, operation, $"the call failed ({exception.GetType().Name})", PluginErrorCode.ConnectionError),
    };

    private static PluginException CutOff(string plugin, string operation) =>
        new(plugin, operation, "the connection broke before the answer was complete", PluginErrorCode.ConnectionError);

    private static string Describe(HttpRequestException exception) =>
        exception.InnerException is SocketException socket ? $"{exception.HttpRequestError}, {socket.SocketErrorCode}" : exception.HttpRequestError.ToString();
}
