using System.Text.Json;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Connectors;

/// <summary>A connection to be made.</summary>
public sealed record ConnectionDraft
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>1 to 64 of <c>[a-z0-9-]</c>.</summary>
    public required string Id { get; init; }

    /// <summary>An installed kind.</summary>
    public required string Kind { get; init; }

    /// <summary>An object that fits the kind's schema. Plain secrets are sealed before anything is stored; only <see cref="ConnectionAuthor.Api(Access.RequestContext)"/> may give them.</summary>
    public required JsonElement Options { get; init; }

    /// <summary><c>live</c> or <c>sandbox</c>. Default <c>live</c>.</summary>
    public string Environment { get; init; } = ConnectionText.Live;
}
