using System.Text.Json.Serialization;

namespace Qrossing.Core.Storage;

/// <summary>The recorded request of an <c>objects.put</c> effect. The body lies in the spool under the effect's id.</summary>
internal sealed record ObjectPut
{
    public required string ObjectId { get; init; }

    public string? Key { get; init; }

    public required string Cid { get; init; }

    /// <summary>Hex.</summary>
    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    public required string ContentType { get; init; }
}

/// <summary>JSON of this room.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectPut))]
internal sealed partial class StorageJson : JsonSerializerContext;
