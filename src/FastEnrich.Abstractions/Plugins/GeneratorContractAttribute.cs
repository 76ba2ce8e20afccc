using System.ComponentModel;

namespace FastEnrich;

/// <summary>Says which contract between generated code and the libraries an assembly keeps. The generator refuses another one than its own.</summary>
/// <param name="version">The number of the contract, from 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GeneratorContractAttribute(int version) : Attribute
{
    /// <summary>Gets the number of the contract.</summary>
    public int Version { get; } = version;
}
