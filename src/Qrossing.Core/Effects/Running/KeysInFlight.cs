using System.Collections.Concurrent;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects.Running;

/// <summary>Idempotency keys whose request body is still arriving: they have no effect row yet. In memory on purpose: such a request ends with its process.</summary>
public sealed class KeysInFlight
{
    private readonly ConcurrentDictionary<(TenantId Tenant, string Client, string Key), byte> _arriving = new();

    /// <summary>Enters a key; null while another request with it is arriving. Dispose when the effect is recorded or the request ended.</summary>
    public IDisposable? TryEnter(TenantId tenant, string client, string key) =>
        _arriving.TryAdd((tenant, client, key), 0) ? new Entry(this, (tenant, client, key)) : null;

    private sealed class Entry(KeysInFlight owner, (TenantId, string, string) key) : IDisposable
    {
        public void Dispose() => owner._arriving.TryRemove(key, out _);
    }
}
