using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Abstractions.Http;

namespace Qrossing.Core.Http;

/// <summary>The recorded request of an <c>http.operation</c> effect.</summary>
internal sealed record OperationRequest
{
    public required string OperationId { get; init; }

    public JsonElement? Parameters { get; init; }

    public JsonElement? Body { get; init; }

    /// <summary>As the connector takes it.</summary>
    public OperationCall ToCall() => new() { OperationId = OperationId, Parameters = Parameters ?? default, Body = Body ?? default };
}

/// <summary>JSON of this room.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperationRequest))]
internal sealed partial class OperationJson : JsonSerializerContext;
