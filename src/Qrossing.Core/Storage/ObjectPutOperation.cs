using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Cloud;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Events;
using Qrossing.Core.Modules;
using Qrossing.Core.Persistence;
using Qrossing.Formats.Ipld;

namespace Qrossing.Core.Storage;

/// <summary><c>objects.put</c>: stores a spooled body through a store connection; on success the object exists and its index record is on its way.</summary>
internal sealed class ObjectPutOperation(ConnectorInvoker invoker, Spool spool, IObjectStore objects, IndexFollower index, GatewayEvents events) : IEffectOperation
{
    public const string KindName = "objects.put";
    private const long SlowestBytesPerSecond = 4 * 1024 * 1024;
    public const string CidProfile = "unixfs-v1-sha256-raw-256k-174-balanced";

    private static readonly EffectRules Rules = new()
    {
        Repeats = PeerIdempotency.Content,
        AbsenceHorizon = TimeSpan.Zero,
        SendWindow = TimeSpan.FromMinutes(5),
        RepeatsStoredBytes = true,
    };

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public bool PreparesLocally => true;

    /// <inheritdoc/>
    public EffectRules RulesFor(Effect effect) => Rules;

    // The request names content that is already durable in the spool: it is the exact call.
    /// <inheritdoc/>
    public ValueTask<PrepareResult> PrepareAsync(Effect effect, CancellationToken cancellationToken) =>
        ValueTask.FromResult<PrepareResult>(new PrepareResult.Ready(null));

    /// <inheritdoc/>
    public async ValueTask<Evidence> SendAsync(Effect effect, CancellationToken cancellationToken)
    {
        var put = Read(effect);
        var sha256 = Convert.FromHexString(put.Sha256);
        var request = new PutObject
        {
            Cid = put.Cid,
            Size = put.Size,
            Sha256 = sha256,
            LeafDigests = await spool.LeafDigestsAsync(effect.Tenant, effect.Id, cancellationToken) ?? (UnixFsLayout.LeafCount(put.Size) == 1 ? sha256 : []),
            ContentType = put.ContentType,
            Body = spool.Body(effect.Tenant, effect.Id, put.Size),
        };
        var stored = await invoker.WriteAsync<IStoresObjects, StoredObject>(
            WriteCall.Of(effect, "put_object") with { Timeout = TimeoutOf(put.Size) },
            (store, call, token) => store.PutObjectAsync(request, call, token),
            cancellationToken);
        return stored.IsSuccess ? Done(stored.Value) : Evidence.OfWrite(stored.Fault);
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> LookUpAsync(Effect effect, CancellationToken cancellationToken)
    {
        var put = Read(effect);
        var found = await invoker.LookUpAsync<IStoresObjects, Lookup<StoredObject>>(
            effect,
            "look_up_object",
            (store, call, token) => store.LookUpObjectAsync(put.Cid, call, token),
            cancellationToken);
        return found.ToEvidence(Done);
    }

    /// <inheritdoc/>
    public void OnTransition(EffectChange change, IWriteSession session)
    {
        if (!change.BecameSuccess)
        {
            return;
        }

        var effect = change.After;
        var put = Read(effect);
        objects.Insert(session, new ObjectRecord
        {
            Tenant = effect.Tenant,
            Id = new ObjectId(put.ObjectId),
            Key = put.Key,
            Cid = put.Cid,
            CidProfile = CidProfile,
            Sha256 = put.Sha256,
            Size = put.Size,
            ContentType = put.ContentType,
            Connection = effect.Connection,
            Effect = effect.Id,
            CreatedAt = session.Now,
        });
        var data = new JsonObject
        {
            ["objectId"] = put.ObjectId,
            ["cid"] = put.Cid,
            ["sha256"] = put.Sha256,
            ["size"] = put.Size,
            ["contentType"] = put.ContentType,
            ["connection"] = effect.Connection,
        };
        if (put.Key is not null)
        {
            data["key"] = put.Key;
        }

        session.Append(events.Create(effect.Tenant, session.Now, new GatewayEvent
        {
            Type = "q.gateway.objects.stored.v1",
            Subject = put.ObjectId,
            PartitionKey = effect.PartitionKey,
            EffectId = effect.Id,
            Data = data,
            TraceParent = effect.TraceParent,
        }));
        index.Follow(change, put.ObjectId, put.Cid, put.ContentType, put.Size, session.Now);
    }

    /// <inheritdoc/>
    public StoredAnswer Answer(Effect effect)
    {
        var put = Read(effect);
        var body = new ArrayBufferWriter<byte>(384);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("id", put.ObjectId);
            if (put.Key is not null)
            {
                json.WriteString("key", put.Key);
            }

            json.WriteString("cid", put.Cid);
            json.WriteString("sha256", put.Sha256);
            json.WriteNumber("size", put.Size);
            json.WriteString("contentType", put.ContentType);
            json.WriteString("etag", $"\"{put.Cid}\"");
            json.WriteString("effectId", effect.Id.Text);
            json.WriteEndObject();
        }

        return new StoredAnswer(201, "application/json", $"/v1/objects/{put.ObjectId}", body.WrittenMemory);
    }

    // A put of content that is there already reads all of it: even a slow disk gets through.
    private static TimeSpan TimeoutOf(long size) => TimeSpan.FromSeconds(20 + size / SlowestBytesPerSecond);

    private static ObjectPut Read(Effect effect) =>
        JsonSerializer.Deserialize(effect.Request.Span, StorageJson.Default.ObjectPut)
        ?? throw new InvalidOperationException($"Effect {effect.Id} has no request.");

    private static Evidence Done(StoredObject stored) => new Evidence.Done(Finality.Final)
    {
        Result = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["cid"] = stored.Cid, ["size"] = stored.Size }),
        PeerReference = stored.Cid,
    };
}
