using System.Text.Json;
using Qrossing.Abstractions.Cloud;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;
using Qrossing.Formats.Ipld;

namespace Qrossing.Core.Storage;

/// <summary>The storage slice: put, find, read.</summary>
public sealed class Objects
{
    /// <summary>The built-in store's connection.</summary>
    public const string DefaultConnection = "local";

    private readonly EffectLedger _ledger;
    private readonly KeysInFlight _arriving;
    private readonly Spool _spool;
    private readonly IObjectStore _store;
    private readonly ConnectorInvoker _invoker;
    private readonly ConnectionGate _gate;
    private readonly IdGenerator _ids;

    internal Objects(EffectLedger ledger, KeysInFlight arriving, Spool spool, IObjectStore store, ConnectorInvoker invoker, ConnectionGate gate, IdGenerator ids)
    {
        (_ledger, _arriving, _spool, _store, _invoker, _gate, _ids) = (ledger, arriving, spool, store, invoker, gate, ids);
    }

    /// <summary>
    /// Receives content whole, then records the effect that stores it. Refusals: <c>objects.key_invalid</c>, <c>idempotency.*</c>, <c>connections.*</c>.
    /// </summary>
    public async Task<Result<EffectAnswer>> PutAsync(RequestContext context, ObjectUpload upload, CancellationToken cancellationToken)
    {
        if (KeyError(upload.Key) is { } wrongKey)
        {
            return wrongKey;
        }

        var connection = upload.Connection ?? DefaultConnection;
        if (_gate.Check<IStoresObjects>(context.Caller, connection) is { } closed)
        {
            return closed;
        }

        var tenant = context.Caller.Tenant;
        var id = _ids.New<EffectId>();
        SpooledUpload received;
        using (var arriving = upload.IdempotencyKey is { } key ? _arriving.TryEnter(tenant, context.Caller.Client, key) : null)
        {
            if (upload.IdempotencyKey is not null && arriving is null)
            {
                return new Refusal(EffectErrors.KeyInFlight, "Another request with this idempotency key is still arriving.") { RetryAfter = TimeSpan.FromSeconds(1) };
            }

            if (upload.Length > _spool.FreeBytes())
            {
                return new Refusal(ConnectorErrors.FilesFull, $"The disk has no room for {upload.Length} bytes.");
            }

            received = await _spool.ReceiveAsync(tenant, id, upload.Body, cancellationToken);
            CrashPoint.Hit(EffectCrashPoints.AfterSpool);
            if (upload.Rest is { } rest && await rest(cancellationToken) is { } unwanted)
            {
                _spool.Forget(tenant, id);
                return unwanted;
            }
        }

        Result<EffectAnswer> answer;
        try
        {
            answer = await SubmitAsync(context, upload, connection, id, received, cancellationToken);
        }
        catch (StorageUnavailableException refused) when (!refused.CommitUnknown)
        {
            _spool.Forget(tenant, id); // on a full disk every body that became no effect keeps the next one out
            throw;
        }

        if (answer is not { IsSuccess: true, Value.Replayed: false })
        {
            _spool.Forget(tenant, id); // a replay or a refusal: this body became no effect
        }

        return answer;
    }

    /// <summary>Finds an object by id, content id or key, tried in this order. Refusal: <c>objects.not_found</c>.</summary>
    public async Task<Result<ObjectRecord>> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        var found = IdText.TryParse<ObjectId>(name, out var id) ? await _store.GetAsync(tenant, id, cancellationToken)
            : Cid.TryParse(name, out var cid) ? await _store.FindByCidAsync(tenant, cid.ToString(), cancellationToken)
            : await _store.FindByKeyAsync(tenant, name, cancellationToken);
        return found is null ? new Refusal(StorageErrors.NotFound, "There is no object of this id, content id or key.") : found;
    }

    /// <summary>Opens an object's content for reading, verified chunk by chunk. Dispose it.</summary>
    public async Task<Result<ObjectContent>> OpenAsync(RequestContext context, ObjectRecord record, long offset, long? length, CancellationToken cancellationToken)
    {
        if (_gate.Check<IStoresObjects>(context.Caller, record.Connection) is { } closed)
        {
            return closed;
        }

        var content = await _invoker.ReadAsync<IStoresObjects, ObjectContent>(
            record.Tenant,
            record.Connection,
            "get_object",
            (store, call, token) => store.GetObjectAsync(new GetObject { Cid = record.Cid, Offset = offset, Length = length }, call, token),
            cancellationToken);
        return content.IsSuccess ? content.Value : _gate.RefusalOf(content.Fault, record.Connection);
    }

    private static Refusal? KeyError(string? key)
    {
        if (key is null)
        {
            return null;
        }

        var message = key.Length is 0 or > 1024 ? "The key has 1 to 1,024 characters."
            : key.Any(char.IsControl) ? "The key has control characters."
            : key.Split('/').Any(static segment => segment is "." or "..") ? "The key has a segment '.' or '..', which no URL can name."
            : IdText.TryParse<ObjectId>(key, out _) ? "The key reads as an object id."
            : Cid.TryParse(key, out _) ? "The key reads as a content id."
            : null;
        return message is null ? null : new Refusal(StorageErrors.KeyInvalid, message) { Errors = [new FieldError("?key", "format", message)] };
    }

    private ValueTask<Result<EffectAnswer>> SubmitAsync(
        RequestContext context, ObjectUpload upload, string connection, EffectId id, SpooledUpload received, CancellationToken cancellationToken)
    {
        var put = new ObjectPut
        {
            ObjectId = _ids.New<ObjectId>().Text,
            Key = upload.Key,
            Cid = received.Cid,
            Sha256 = Convert.ToHexStringLower(received.Sha256.Span),
            Size = received.Size,
            ContentType = upload.ContentType,
        };
        return _ledger.SubmitAsync(
            new EffectSubmission
            {
                Context = context,
                Id = id,
                Kind = ObjectPutOperation.KindName,
                Connection = connection,
                Request = JsonSerializer.SerializeToUtf8Bytes(put, StorageJson.Default.ObjectPut),
                Fingerprint = upload.Fingerprint(received.Sha256),
                IdempotencyKey = upload.IdempotencyKey,
                Wait = upload.Wait,
                PartitionKey = upload.Key is null ? put.ObjectId : $"object/{upload.Key}",
            },
            cancellationToken);
    }
}
