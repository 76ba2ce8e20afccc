using System.Text;

namespace FastEnrich.Redis.Encryption;

/// <summary>One key that records' keys are derived from, and the name that records carry for it.</summary>
internal sealed class MasterKey(string id, byte[] secret)
{
    public const int Size = 32;

    public const int MaxIdLength = 32;

    /// <summary>Gets the id, in ASCII.</summary>
    public byte[] Id { get; } = Encoding.ASCII.GetBytes(id);

    public byte[] Secret { get; } = secret;

    public override string ToString() => nameof(MasterKey);
}
