using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>A certificate authority that nobody trusts but who is told to, with files that a server can be started with.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset s_from = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly string _directory = Directory.CreateTempSubdirectory("fastenrich-ca").FullName;
    private readonly X509Certificate2 _authority;
    private int _serial;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=FastEnrich tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(s_from, s_from.AddDays(30));
        File.WriteAllText(CertificatePath, _authority.ExportCertificatePem());
    }

    public string CertificatePath => Path.Combine(_directory, "ca.pem");

    /// <summary>What a server has to be started with to speak TLS, on this port alone, with a certificate for this address.</summary>
    public string[] ServerArguments(int port, IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.Create(_authority, s_from, s_from.AddDays(30), [(byte)++_serial]);
        var (certificatePath, keyPath) = (Path.Combine(_directory, $"{_serial}.pem"), Path.Combine(_directory, $"{_serial}.key"));
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return ["--port", "0", "--tls-port", $"{port}", "--tls-cert-file", certificatePath, "--tls-key-file", keyPath, "--tls-ca-cert-file", CertificatePath, "--tls-auth-clients", "no"];
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
