using Qrossing.Core.Persistence;

namespace Qrossing.Core.Audit.Integration;

/// <summary>How many entries are integrated and committed, and a way to wait for more. A wake-up only: whoever waits reads the database.</summary>
public sealed class AuditHead
{
    private readonly LogHead _size = new();

    /// <summary>Leaves of the newest committed tree that this process knows of.</summary>
    public long Size => _size.Position;

    /// <summary>Completes when the tree includes a leaf.</summary>
    public Task WaitForAsync(long leaf, CancellationToken cancellationToken) => _size.WaitAsync(leaf, cancellationToken);

    /// <summary>Told by the integrator after each commit.</summary>
    internal void Advance(long size) => _size.Advance(size);
}
