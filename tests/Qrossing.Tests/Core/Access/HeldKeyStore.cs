using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Persistence;

namespace Qrossing.Tests.Core.Access;

/// <summary>The real store, whose next look-up is answered late with what was read early.</summary>
internal sealed class HeldKeyStore(IApiKeyStore store) : IApiKeyStore
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _release;

    /// <summary>Ends when a look-up has read its row and waits.</summary>
    public Task Held => _held.Task;

    public void Hold() => _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref _release, null)?.SetResult();

    public async ValueTask<ApiKeyRecord?> FindAsync(string publicId, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(publicId, cancellationToken);
        if (_release is { } release)
        {
            _held.TrySetResult();
            await release.Task;
        }

        return found;
    }

    public ValueTask<ApiKeyRecord?> GetAsync(TenantId tenant, ApiKeyId id, CancellationToken cancellationToken) => store.GetAsync(tenant, id, cancellationToken);

    public ValueTask<Page<ApiKeyRecord>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken) => store.ListAsync(tenant, page, cancellationToken);

    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => store.AnyAsync(cancellationToken);

    public void Insert(IWriteSession session, ApiKeyRecord key) => store.Insert(session, key);

    public void Put(IWriteSession session, ApiKeyRecord key) => store.Put(session, key);

    public bool Revoke(IWriteSession session, TenantId tenant, ApiKeyId id, DateTimeOffset at) => store.Revoke(session, tenant, id, at);
}
