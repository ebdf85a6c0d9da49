using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Access;

/// <summary>API keys.</summary>
public interface IApiKeyStore
{
    /// <summary>By the public part of its text; null when there is none.</summary>
    ValueTask<ApiKeyRecord?> FindAsync(string publicId, CancellationToken cancellationToken);

    /// <summary>By id.</summary>
    ValueTask<ApiKeyRecord?> GetAsync(TenantId tenant, ApiKeyId id, CancellationToken cancellationToken);

    /// <summary>Newest first, revoked ones included.</summary>
    ValueTask<Page<ApiKeyRecord>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Whether any key exists: the first start makes the administrator's.</summary>
    ValueTask<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>Inserts a key.</summary>
    void Insert(IWriteSession session, ApiKeyRecord key);

    /// <summary>Inserts a key or, by its public id, replaces hash, scopes and expiry (the administrator key given by the environment).</summary>
    void Put(IWriteSession session, ApiKeyRecord key);

    /// <summary>Revokes; false when there is none or it is revoked already.</summary>
    bool Revoke(IWriteSession session, TenantId tenant, ApiKeyId id, DateTimeOffset at);
}
