using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;

namespace Qrossing.Tests.Core.Secrets;

/// <summary>The key store's port, and a writer that runs its units at once, in memory.</summary>
internal sealed class MemoryKeys : IKeyStore, IWriter
{
    private readonly Dictionary<(TenantId Tenant, string Purpose), WrappedKey> _keys = [];

    public int Count => _keys.Count;

    public ValueTask<IReadOnlyList<WrappedKey>> ListAsync(CancellationToken cancellationToken) => new([.. _keys.Values]);

    public WrappedKey? Find(IWriteSession session, TenantId tenant, string purpose) => _keys.GetValueOrDefault((tenant, purpose));

    public void Insert(IWriteSession session, WrappedKey key) => _keys.Add((key.Tenant, key.Purpose), key);

    public void Replace(WrappedKey key) => _keys[(key.Tenant, key.Purpose)] = key;

    public Task<T> WriteAsync<T>(Func<IWriteSession, T> unit, CancellationToken cancellationToken = default)
    {
        lock (_keys)
        {
            return Task.FromResult(unit(new Session()));
        }
    }

    private sealed class Session : IWriteSession
    {
        public long Epoch => 1;

        public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

        public bool Append(LogEvent logEvent) => throw new NotSupportedException("A key makes no event.");

        public void Append(AuditDraft draft) => throw new NotSupportedException("A key makes no audit entry.");
    }
}
