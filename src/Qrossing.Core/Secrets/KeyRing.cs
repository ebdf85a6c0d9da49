using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Secrets;

/// <summary>
/// Data keys, one per tenant and purpose, wrapped under the root key and stored in the database. Opened keys are kept in memory:
/// sealing and opening then need neither the database nor a wait.
/// </summary>
public sealed class KeyRing(SecretsOptions options, string dataDirectory, IKeyStore store, IWriter writer, TimeProvider clock, ILogger<KeyRing> log)
{
    private const string WrapContext = "data-key";
    private readonly ConcurrentDictionary<(TenantId Tenant, string Purpose), DataKey> _keys = new();
    private byte[]? _root;

    /// <summary>Reads the root key, opens every stored data key and makes those of <see cref="KeyPurposes.AtStart"/>. After the database was opened, before anything else.</summary>
    /// <exception cref="KeyRingException">The root key is missing, malformed, readable by others, or not the one of this database.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var stored = await store.ListAsync(cancellationToken);
        var root = new RootKey(options, dataDirectory, log).Read(ringIsEmpty: stored.Count == 0);
        foreach (var wrapped in stored)
        {
            _keys[(wrapped.Tenant, wrapped.Purpose)] = Unwrap(root, wrapped);
        }

        _root = root;
        await EnsureAsync(TenantId.Default, KeyPurposes.AtStart, cancellationToken);
        SecretsLog.Opened(log, _keys.Count);
    }

    /// <summary>Makes sure that the keys exist and are opened, for uses that cannot wait later.</summary>
    public async Task EnsureAsync(TenantId tenant, IEnumerable<string> purposes, CancellationToken cancellationToken)
    {
        foreach (var purpose in purposes)
        {
            await KeyAsync(tenant, purpose, cancellationToken);
        }
    }

    /// <summary>The key of a tenant and purpose; made and stored on the first call.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="purpose">See <see cref="KeyPurposes"/>; without line breaks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DataKey> KeyAsync(TenantId tenant, string purpose, CancellationToken cancellationToken)
    {
        if (TryGetLoaded(tenant, purpose, out var key))
        {
            return key;
        }

        if (purpose.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException("A purpose is one line.", nameof(purpose));
        }

        var root = _root ?? throw new InvalidOperationException("The key ring is not open.");
        var fresh = new WrappedKey(
            tenant,
            purpose,
            Envelope.Seal(root, RandomNumberGenerator.GetBytes(Envelope.KeyBytes), DataKey.Associated(tenant, purpose, WrapContext)),
            clock.GetUtcNow());
        var stored = await writer.WriteAsync(
            session =>
            {
                if (store.Find(session, tenant, purpose) is { } existing)
                {
                    return existing; // two calls at once: the first one's key counts
                }

                store.Insert(session, fresh);
                return fresh;
            },
            cancellationToken);
        return _keys.GetOrAdd((tenant, purpose), _ => Unwrap(root, stored));
    }

    /// <summary>A key that was opened before; false when it was not, which <see cref="KeyAsync"/> mends.</summary>
    public bool TryGetLoaded(TenantId tenant, string purpose, [NotNullWhen(true)] out DataKey? key) => _keys.TryGetValue((tenant, purpose), out key);

    /// <summary>Seals to text, <c>enc:v1:</c> and base64url, under a key that was opened before.</summary>
    /// <exception cref="InvalidOperationException">The key was not opened.</exception>
    public string Seal(TenantId tenant, string purpose, ReadOnlySpan<byte> plain, string context) => Loaded(tenant, purpose).SealText(plain, context);

    /// <summary>Opens text from <see cref="Seal"/>; false when it is not from this tenant, purpose and context, or was changed.</summary>
    /// <exception cref="InvalidOperationException">The key was not opened.</exception>
    public bool TryOpen(TenantId tenant, string purpose, string envelope, string context, [NotNullWhen(true)] out byte[]? plain) =>
        Loaded(tenant, purpose).TryOpenText(envelope, context, out plain);

    /// <summary>Seals bytes: nonce, tag, ciphertext.</summary>
    /// <exception cref="InvalidOperationException">The key was not opened.</exception>
    public byte[] SealBytes(TenantId tenant, string purpose, ReadOnlySpan<byte> plain, string context) => Loaded(tenant, purpose).Seal(plain, context);

    /// <summary>Opens bytes from <see cref="SealBytes"/>.</summary>
    /// <exception cref="InvalidOperationException">The key was not opened.</exception>
    public bool TryOpenBytes(TenantId tenant, string purpose, ReadOnlySpan<byte> envelope, string context, [NotNullWhen(true)] out byte[]? plain) =>
        Loaded(tenant, purpose).TryOpen(envelope, context, out plain);

    private DataKey Loaded(TenantId tenant, string purpose) =>
        TryGetLoaded(tenant, purpose, out var key) ? key : throw new InvalidOperationException($"The key '{purpose}' of tenant '{tenant}' was not opened.");

    private static DataKey Unwrap(byte[] root, WrappedKey wrapped) =>
        Envelope.TryOpen(root, wrapped.Wrapped.Span, DataKey.Associated(wrapped.Tenant, wrapped.Purpose, WrapContext), out var bytes)
            ? new DataKey(wrapped.Tenant, wrapped.Purpose, bytes)
            : throw new KeyRingException($"The root key does not open this database's key '{wrapped.Purpose}' of tenant '{wrapped.Tenant}': it is the key of another installation, or the row was changed. Start with the root key that was backed up with this database.");
}
