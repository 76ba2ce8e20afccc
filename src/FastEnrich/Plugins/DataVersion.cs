using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FastEnrich.Configuration;

namespace FastEnrich.Plugins;

/// <summary>
/// What a plugin's records in the second tier depend on: its version and its configuration. Instances of which one was configured otherwise never serve each
/// other's records. Secrets are left out, so that a new key makes no record a miss; everything else counts, mapping or not: no list of exceptions can be wrong.
/// </summary>
internal static class DataVersion
{
    /// <summary>Enough to tell configurations apart; it is part of every record.</summary>
    private const int DigestBytes = 8;

    public static string Of(PluginDescriptor descriptor, PluginSettings settings)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (settings.ConfigDigest is { } digest)
        {
            parts["config"] = digest;
        }
        else if (settings.Options is { } options)
        {
            parts["options"] = Text(options);
        }

        if (descriptor.InstanceOf is { } type)
        {
            parts["type"] = type; // a section may change it and keep its name
        }

        if (settings.DataVersion is { } own)
        {
            parts["own"] = own;
        }

        return parts.Count == 0 ? descriptor.Metadata.Version : $"{descriptor.Metadata.Version}+{Digest(parts)}";
    }

    /// <summary>Digests configuration, by path; paths of sensitive properties are left out unless <paramref name="secrets"/> are asked for.</summary>
    /// <returns>The digest, the same for every order and spelling of keys; <see langword="null"/> for no configuration.</returns>
    public static string? OfConfig(IEnumerable<KeyValuePair<string, string?>> values, string path, PluginDescriptor descriptor, bool secrets = false)
    {
        var counted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            var name = key[(path.Length + 1)..];
            var top = name.Split(':')[0];
            var isSecret = descriptor.Metadata.ConfigSchema.Properties.Any(property => property.Value.Sensitive && ConfigKey.Same(property.Key, top));
            if (value is not null && (secrets || !isSecret))
            {
                counted[ConfigKey.Normalize(name)] = value;
            }
        }

        return counted.Count == 0 ? null : Digest(counted);
    }

    /// <summary>Generated records write their members, and none that is sensitive.</summary>
    private static string Text(object options)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // or two hosts would write one number in two ways
            return options.ToString() ?? "";
        }
        catch (Exception)
        {
            return ""; // the author's own code
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Digest(SortedDictionary<string, string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in parts)
        {
            Append(hash, key);
            Append(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, DigestBytes));
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
