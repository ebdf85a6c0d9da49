using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qrossing.Connectors.Modules.AnarQ;

// Shapes of AnarQorp/anarqq-ecosystem-core at 1b9637a: Qindex OpenAPI 1.0.0, Qonsent OpenAPI 2.0.0, sQuid OpenAPI 1.0.0.

/// <summary><c>POST /qindex/put</c>.</summary>
internal sealed record QindexPut(string Key, QindexValue Value, QindexMetadata Metadata);

/// <summary>What the gateway keeps under a key.</summary>
internal sealed record QindexValue(string Cid, string ContentType, long Size);

internal sealed record QindexMetadata(string ContentType, IReadOnlyList<string> Tags);

/// <summary>A version of a key as <c>GET /qindex/get/{key}</c> states it. <c>POST /qindex/put</c> answers the same without the value.</summary>
internal sealed record QindexVersion
{
    public string? Key { get; init; }

    /// <summary>A decimal string in the module's code, a number in its OpenAPI document: both are read.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long Version { get; init; }

    /// <summary>The module's own content name, which is no CID.</summary>
    public string? Cid { get; init; }

    public string? Timestamp { get; init; }

    public JsonElement Value { get; init; }
}

/// <summary>The refusal of <c>GET /qindex/get/{key}</c>, 404.</summary>
internal sealed record QindexAbsence
{
    public string? Key { get; init; }

    public string? Code { get; init; }
}

/// <summary><c>GET /qindex/history/{key}</c>: every operation the key ever saw, those before a deletion included.</summary>
internal sealed record QindexHistory
{
    public long? Total { get; init; }
}

/// <summary>The members of <c>POST /qindex/put</c> that name the record, as the caller of a proxied put wrote them.</summary>
internal sealed record QindexPutRequest
{
    public string? Key { get; init; }

    public JsonElement Value { get; init; }

    public QindexPutOptions? Options { get; init; }
}

internal sealed record QindexPutOptions
{
    public bool? Encrypt { get; init; }
}

/// <summary>What <c>POST /qindex/put</c> answers.</summary>
internal sealed record QindexPutReply(bool Success, string Key, string? Cid, string Version, string? Timestamp);

/// <summary><c>POST /api/v1/qonsent/check</c>.</summary>
internal sealed record ConsentCheck(string Resource, string Identity, string Action, ConsentContext Context);

internal sealed record ConsentContext(DateTimeOffset Timestamp);

internal sealed record ConsentVerdict
{
    /// <summary>Null when the reply has none, which is never an allow.</summary>
    public bool? Allowed { get; init; }

    public string? Reason { get; init; }
}

/// <summary><c>GET /identity/{id}</c>.</summary>
internal sealed record SquidIdentityData
{
    public string? Did { get; init; }

    public string? Status { get; init; }

    public string? VerificationLevel { get; init; }

    /// <summary>A number in the module's code; its documents show other shapes too.</summary>
    public JsonElement Reputation { get; init; }
}

/// <summary>What <c>x-message</c> holds.</summary>
internal sealed record SquidMessage(string Action, long Timestamp, string Did);

/// <summary><c>GET /health</c>, outside every envelope.</summary>
internal sealed record ModuleHealth
{
    public string? Status { get; init; }

    public string? Version { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QindexPut))]
[JsonSerializable(typeof(QindexVersion))]
[JsonSerializable(typeof(QindexAbsence))]
[JsonSerializable(typeof(QindexHistory))]
[JsonSerializable(typeof(QindexPutRequest))]
[JsonSerializable(typeof(QindexPutReply))]
[JsonSerializable(typeof(ConsentCheck))]
[JsonSerializable(typeof(ConsentVerdict))]
[JsonSerializable(typeof(SquidIdentityData))]
[JsonSerializable(typeof(SquidMessage))]
[JsonSerializable(typeof(ModuleHealth))]
internal sealed partial class AnarQJson : JsonSerializerContext;
