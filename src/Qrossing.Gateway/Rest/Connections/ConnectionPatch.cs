using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary>What to change about a connection; what is absent stays.</summary>
internal sealed record ConnectionPatch
{
    /// <summary>The new options as a whole.</summary>
    public JsonElement? Options { get; init; }

    /// <summary><c>live</c> or <c>sandbox</c>.</summary>
    [AllowedValues("live", "sandbox", null, ErrorMessage = "Must be live or sandbox.")]
    public string? Environment { get; init; }

    /// <summary>The version the change was made from; another one refuses it with 409.</summary>
    public long? Version { get; init; }
}
