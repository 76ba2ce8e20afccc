using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace FastEnrich;

/// <summary>Reads one value and reports to the reader what is wrong with it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="reader">Takes the mistakes.</param>
/// <param name="at">The value's place.</param>
/// <param name="rule">What the value must look like.</param>
/// <param name="value">The value.</param>
/// <returns>Whether there is a value.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate bool ConfigParser<T>(ConfigReader reader, IConfigurationSection at, ConfigRule rule, [MaybeNullWhen(false)] out T value);
