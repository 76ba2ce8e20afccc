namespace FastEnrich.Processes;

/// <summary>The SHA-256 that a file of the command must have.</summary>
/// <param name="File">The file's absolute path, one of the command's words.</param>
/// <param name="Sha256">The digest, 64 lower-case hexadecimal digits.</param>
internal sealed record ProcessChecksum(string File, string Sha256);
