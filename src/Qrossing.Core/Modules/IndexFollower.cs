using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Abstractions.Modules;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;

namespace Qrossing.Core.Modules;

/// <summary>Records the index effect that follows a stored object, once for every active Qindex connection.</summary>
internal sealed class IndexFollower(ConnectionDirectory connections, ConnectorInvoker invoker, IdGenerator ids)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    /// <summary>Adds the follow-up effects to the transition that stored the object.</summary>
    public void Follow(EffectChange change, string objectId, string cid, string contentType, long size, DateTimeOffset now)
    {
        var parent = change.After;
        foreach (var connection in connections.WithCapability<IDeliversToModule>(parent.Tenant))
        {
            if (connection.Status == ConnectionText.Disabled
                || invoker.Ask<IDeliversToModule, bool>(parent.Tenant, connection.Id, module => module.KeepsIndex) is not { IsSuccess: true, Value: true })
            {
                continue;
            }

            var id = ids.New<EffectId>();
            change.Follow(new Effect
            {
                Tenant = parent.Tenant,
                Id = id,
                Kind = IndexPutOperation.KindName,
                Connection = connection.Id,
                Client = "system",
                State = new EffectState(EffectPhase.Recorded),
                Request = JsonSerializer.SerializeToUtf8Bytes(
                    new IndexRecord { Key = $"object/{objectId}", Cid = cid, ContentType = contentType, Size = size, Tags = ["qrossing", "object"] },
                    ModulesJson.Default.IndexRecord),
                RequestDigest = parent.RequestDigest,
                Parent = parent.Id,
                PartitionKey = parent.PartitionKey,
                TraceParent = parent.TraceParent,
                NextActionAt = now,
                ExpiresAt = now + Lifetime,
                Version = 1,
                CreatedAt = now,
                UpdatedAt = now,
            });
        }
    }
}

/// <summary>JSON of this room.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IndexRecord))]
[JsonSerializable(typeof(IndexReceipt))]
internal sealed partial class ModulesJson : JsonSerializerContext;
