using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Secrets;

/// <summary>
/// An opened data key of one tenant and purpose. Envelopes are bound to tenant, purpose and a context (a row, a connection): moved
/// elsewhere, they do not open.
/// </summary>
public sealed class DataKey
{
    private const string Version1 = SecretText.Sealed + "v1:";
    private readonly byte[] _bytes;

    internal DataKey(TenantId tenant, string purpose, byte[] bytes)
    {
        Tenant = tenant;
        Purpose = purpose;
        _bytes = bytes;
    }

    /// <summary>The owner.</summary>
    public TenantId Tenant { get; }

    /// <summary>What it is for.</summary>
    public string Purpose { get; }

    /// <summary>The 32 bytes, for uses other than envelopes (keyed hashes, a signing seed). Never logged or stored.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Seals bytes: nonce, tag, ciphertext.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string context) => Envelope.Seal(_bytes, plain, Associated(Tenant, Purpose, context));

    /// <summary>Opens what <see cref="Seal"/> made in the same context; false otherwise.</summary>
    public bool TryOpen(ReadOnlySpan<byte> envelope, string context, [NotNullWhen(true)] out byte[]? plain) =>
        Envelope.TryOpen(_bytes, envelope, Associated(Tenant, Purpose, context), out plain);

    /// <summary>Seals to text: <c>enc:v1:</c> and base64url.</summary>
    public string SealText(ReadOnlySpan<byte> plain, string context) => Version1 + Base64Url.EncodeToString(Seal(plain, context));

    /// <summary>Opens what <see cref="SealText"/> made in the same context; false otherwise.</summary>
    public bool TryOpenText(string text, string context, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        return text.StartsWith(Version1, StringComparison.Ordinal)
            && Base64Url.IsValid(text.AsSpan(Version1.Length))
            && TryOpen(Base64Url.DecodeFromChars(text.AsSpan(Version1.Length)), context, out plain);
    }

    // Neither a tenant nor a purpose holds a line break, so that no two triples read the same.
    internal static byte[] Associated(TenantId tenant, string purpose, string context) => Encoding.UTF8.GetBytes($"{tenant.Text}\n{purpose}\n{context}");
}
