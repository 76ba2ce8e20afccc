using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FastEnrich;

/// <summary>Signs the statement of a JWT bearer grant (RFC 7523), RS256.</summary>
internal static class JwtAssertion
{
    private const int FewestBits = 2048; // RFC 7518, 3.3

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(3); // servers take at most five; their clocks may be behind

    public static void ThrowIfUnusable(string privateKeyPem)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(privateKeyPem);
            if (key.KeySize >= FewestBits)
            {
                key.SignData("x"u8, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1); // a public key reads as well, and cannot sign
                return;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // The exception may quote the key.
        }

        throw new ArgumentException("the private key must be an RSA key of at least 2048 bits, PEM, not encrypted");
    }

    public static string Sign(OAuthOptions options, DateTimeOffset now)
    {
        var signed = $"{Encoded(Header)}.{Encoded(writer => Claims(writer, options, now))}";
        using var key = RSA.Create();
        key.ImportFromPem(options.PrivateKeyPem);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static void Header(Utf8JsonWriter writer)
    {
        writer.WriteString("alg", "RS256");
        writer.WriteString("typ", "JWT");
    }

    private static void Claims(Utf8JsonWriter writer, OAuthOptions options, DateTimeOffset now)
    {
        writer.WriteString("iss", options.ClientId);
        writer.WriteString("sub", options.Subject);
        writer.WriteString("aud", options.Audience);
        writer.WriteNumber("iat", now.ToUnixTimeSeconds());
        writer.WriteNumber("exp", (now + s_lifetime).ToUnixTimeSeconds());
        writer.WriteString("jti", Guid.NewGuid().ToString("N"));
    }

    private static string Encoded(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
