namespace FastEnrich.Processes;

/// <summary>The child broke the protocol, so nothing that follows can be trusted. The message quotes nothing of it.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
