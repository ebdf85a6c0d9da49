using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Secrets;

/// <summary>The key ring's data keys, each wrapped under the root key.</summary>
public interface IKeyStore
{
    /// <summary>All wrapped keys.</summary>
    ValueTask<IReadOnlyList<WrappedKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One wrapped key as this unit sees it.</summary>
    WrappedKey? Find(IWriteSession session, TenantId tenant, string purpose);

    /// <summary>Inserts a wrapped key. The unit fails when it exists: read first.</summary>
    void Insert(IWriteSession session, WrappedKey key);
}
