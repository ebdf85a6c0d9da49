using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Webhooks;

namespace Qrossing.TestKit.Fakes;

/// <summary>A key ring in memory: AES-256-GCM under one key per tenant and purpose, bound to both. Every key exists until it is erased.</summary>
public sealed class FakeKeys : IAuditKeys, IWebhookSecrets
{
    private const string WebhookPurpose = "secrets";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly ConcurrentDictionary<(TenantId Tenant, string Purpose), byte[]?> _keys = new();
    private readonly byte[] _seed;

    /// <param name="seed">The log's signing seed, 32 bytes. Default: a random one.</param>
    public FakeKeys(byte[]? seed = null) => _seed = seed ?? RandomNumberGenerator.GetBytes(32);

    /// <summary>Destroys a key; what it sealed is unreadable from then on.</summary>
    public void Erase(TenantId tenant, string purpose) => _keys[(tenant, purpose)] = null;

    public byte[] SigningSeed() => _seed;

    public byte[] Seal(TenantId tenant, string purpose, ReadOnlySpan<byte> plaintext)
    {
        var key = KeyOf(tenant, purpose) ?? throw new InvalidOperationException($"The key {purpose} was erased.");
        var box = new byte[NonceLength + TagLength + plaintext.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(box.AsSpan(0, NonceLength), plaintext, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), Bound(tenant, purpose));
        return box;
    }

    public bool Has(TenantId tenant, string purpose) => KeyOf(tenant, purpose) is not null;

    public byte[]? Open(TenantId tenant, string purpose, ReadOnlySpan<byte> box)
    {
        if (KeyOf(tenant, purpose) is not { } key)
        {
            return null;
        }

        if (box.Length < NonceLength + TagLength)
        {
            return null;
        }

        var plaintext = new byte[box.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(box[..NonceLength], box[(NonceLength + TagLength)..], box.Slice(NonceLength, TagLength), plaintext, Bound(tenant, purpose));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    string IWebhookSecrets.Seal(TenantId tenant, ReadOnlySpan<byte> secret) => Convert.ToBase64String(Seal(tenant, WebhookPurpose, secret));

    byte[] IWebhookSecrets.Open(TenantId tenant, string envelope) =>
        Open(tenant, WebhookPurpose, Convert.FromBase64String(envelope)) ?? throw new InvalidOperationException("The key was erased.");

    private byte[]? KeyOf(TenantId tenant, string purpose) =>
        _keys.GetOrAdd((tenant, purpose), static _ => RandomNumberGenerator.GetBytes(32));

    private static byte[] Bound(TenantId tenant, string purpose) => Encoding.UTF8.GetBytes($"{tenant.Text}\n{purpose}");
}
