using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary>A connection to be made.</summary>
internal sealed record NewConnection
{
    /// <summary>Your own id, 1 to 64 of <c>[a-z0-9-]</c>.</summary>
    [RegularExpression("[a-z0-9-]{1,64}", ErrorMessage = "Must be 1 to 64 of a-z, 0-9 and '-'.")]
    public required string Id { get; init; }

    /// <summary>An installed kind; GET /v1/connectors lists them.</summary>
    public required string Kind { get; init; }

    /// <summary>An object that fits the kind's schema. Plain secrets are sealed before anything is stored and never shown again.</summary>
    public JsonElement? Options { get; init; }

    /// <summary><c>live</c> (default) or <c>sandbox</c>: which keys reach it.</summary>
    [AllowedValues("live", "sandbox", null, ErrorMessage = "Must be live or sandbox.")]
    public string? Environment { get; init; }
}
