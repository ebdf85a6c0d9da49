using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Qrossing.Core.Audit.Integration;
using Qrossing.Core.Audit.Receipts;
using Qrossing.Core.Secrets;
using Qrossing.Formats.Signatures;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit;

/// <summary>Registers the transparency log and receipts.</summary>
public static class AuditRegistration
{
    private const int InstallationIdBytes = 8;

    /// <summary>Everything of this room; the integrator is a hosted service. <see cref="IAuditKeys"/> comes from the key ring.</summary>
    public static IServiceCollection AddQrossingAudit(this IServiceCollection services, AuditOptions options)
    {
        services.AddSingleton(options);
        // Later than the container: the ring writes through the writer, and the writer seals with the ring.
        services.AddSingleton<IAuditKeys>(provider => new AuditKeyRing(new Lazy<KeyRing>(provider.GetRequiredService<KeyRing>)));
        services.AddSingleton(provider => NewSigner(options, provider.GetRequiredService<IAuditKeys>()));
        services.AddSingleton<IAuditSealer, AuditSealer>();
        services.AddSingleton<AuditHead>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<ReceiptBuilder>();
        services.AddHostedService<AuditIntegrationWorker>();
        return services;
    }

    /// <summary>The log's signer. Without a configured origin the installation is named after its key, so that no two have one name.</summary>
    public static NoteSigner NewSigner(AuditOptions options, IAuditKeys keys)
    {
        var seed = keys.SigningSeed();
        var installation = Convert.ToHexStringLower(SHA256.HashData(Ed25519.PublicKeyFromSeed(seed)).AsSpan(0, InstallationIdBytes));
        return new NoteSigner(options.Origin ?? $"qrossing/{installation}", seed);
    }
}
