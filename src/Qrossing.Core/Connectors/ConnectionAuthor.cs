using Qrossing.Core.Access;

namespace Qrossing.Core.Connectors;

/// <summary>On whose behalf a connection changes. Each changes only what it manages itself.</summary>
public sealed record ConnectionAuthor
{
    /// <summary>The resources file.</summary>
    public static readonly ConnectionAuthor File = new() { ManagedBy = ConnectionText.File };

    /// <summary>The gateway itself.</summary>
    public static readonly ConnectionAuthor System = new() { ManagedBy = ConnectionText.System };

    private ConnectionAuthor()
    {
    }

    /// <summary><c>api</c>, <c>file</c> or <c>system</c>.</summary>
    public required string ManagedBy { get; init; }

    /// <summary>The request; null when there is none.</summary>
    public RequestContext? Request { get; private init; }

    /// <summary>As audited.</summary>
    internal string Actor => Request?.Caller.Credential ?? "system";

    /// <summary>A caller of the API.</summary>
    public static ConnectionAuthor Api(RequestContext request) => new() { ManagedBy = ConnectionText.Api, Request = request };
}
