using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Access;

/// <summary>API keys: made, checked, revoked. A revoked key is refused by the next request of this process.</summary>
public sealed class ApiKeys(IApiKeyStore store, IWriter writer, ApiKeyHasher hasher, GatewayEvents events, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Keys held in memory at most; beyond it the database answers.</summary>
    private const int CacheCapacity = 100_000;

    private readonly ConcurrentDictionary<string, Known> _known = new();

    /// <summary>Who a key speaks for; null when it is unknown, wrong, expired or revoked: callers are not told which.</summary>
    public async ValueTask<Caller?> AuthenticateAsync(string? text, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(text, out var key))
        {
            return null;
        }

        if (!_known.TryGetValue(key.PublicId, out var known))
        {
            if (await store.FindAsync(key.PublicId, cancellationToken) is not { } record)
            {
                return null;
            }

            known = Keep(record);
        }

        var found = known.Record;
        return IsGood(found) && known.Matches(key, hasher) ? known.Caller : null;
    }

    /// <summary>
    /// Whether a caller's key is still good: neither revoked nor expired since it was authenticated. For requests that last.
    /// </summary>
    public async ValueTask<bool> IsStillGoodAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.Key is not { } key
        || (_known.TryGetValue(key, out var known) ? IsGood(known.Record) : await store.FindAsync(key, cancellationToken) is { } record && IsGood(record));

    /// <summary>
    /// Makes a key; its text is shown this once. Only an administrator makes keys of another environment, for another existing client, or that outlive its own.
    /// Refusal: <c>access.forbidden</c>.
    /// </summary>
    public async Task<Result<(ApiKeyRecord Record, ApiKeyText Text)>> CreateAsync(RequestContext context, ApiKeyDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Scopes.FirstOrDefault(scope => !context.Caller.Has(scope)) is { } missing)
        {
            return new Refusal(AccessErrors.Forbidden, $"A key cannot hold more than its maker: '{missing}' is not yours to give.");
        }

        if (!context.Caller.IsAdministrator && Beyond(context.Caller, draft) is { } beyond)
        {
            return new Refusal(AccessErrors.Forbidden, $"A key cannot hold more than its maker: {beyond}");
        }

        var text = ApiKeyText.Create(draft.Environment);
        var record = Record(context.Caller.Tenant, text, draft);
        await writer.WriteAsync(session =>
        {
            store.Insert(session, record);
            Tell(session, record, "created", context);
            return true;
        }, cancellationToken);
        Keep(record);
        return (record, text);
    }

    /// <summary>Revokes a key at once. Refusal: <c>api_keys.not_found</c>.</summary>
    public async Task<Result<ApiKeyRecord>> RevokeAsync(RequestContext context, ApiKeyId id, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(context.Caller.Tenant, id, cancellationToken) is not { } record)
        {
            return new Refusal(AccessErrors.KeyNotFound, $"There is no API key {id}.");
        }

        var revoked = record with { RevokedAt = record.RevokedAt ?? clock.GetUtcNow() };
        Remember(revoked); // before the event of it can be seen: the key must not open its own end
        try
        {
            await writer.WriteAsync(session =>
            {
                if (store.Revoke(session, record.Tenant, id, session.Now))
                {
                    Tell(session, record, "revoked", context);
                }

                return true;
            }, cancellationToken);
        }
        catch (Exception failure) when (failure is not StorageUnavailableException { CommitUnknown: true })
        {
            Remember(record); // it was not stored: nobody may take the key for revoked
            throw;
        }

        return revoked;
    }

    /// <summary>
    /// Makes sure an administrator key exists: the given one when the environment names it, else a new one on the very first start, whose text is returned
    /// to be shown once. Null when there is nothing to show.
    /// </summary>
    /// <exception cref="AdministratorKeyException">The given key was revoked: what was taken back does not come back by a restart.</exception>
    public async Task<ApiKeyText?> EnsureAdministratorAsync(string? given, CancellationToken cancellationToken)
    {
        if (given is not null)
        {
            await TakeAsync(given, cancellationToken);
            return null;
        }

        if (await store.AnyAsync(cancellationToken))
        {
            return null;
        }

        var text = ApiKeyText.Create("live");
        await PutAsync(Record(TenantId.Default, text, Administrator(text)), "created", cancellationToken);
        return text;
    }

    private static ApiKeyDraft Administrator(ApiKeyText text) => new("administrator", text.Environment, ["*"], null, null);

    private async Task TakeAsync(string given, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(given, out var text))
        {
            throw new ArgumentException("QROSSING_ADMIN_KEY does not match qk_<environment>_<id>_<secret>.", nameof(given));
        }

        var record = Record(TenantId.Default, text, Administrator(text));
        switch (await store.FindAsync(text.PublicId, cancellationToken))
        {
            case null:
                await PutAsync(record, "created", cancellationToken);
                break;
            case { RevokedAt: { } at } revoked:
                throw new AdministratorKeyException(
                    $"QROSSING_ADMIN_KEY is key {revoked.Id}, which was revoked at {at:O}. Give another key, with another id, or remove the variable.");
            case { } present when !hasher.Matches(text, present.Hash.Span) || !present.Scopes.SequenceEqual(record.Scopes) || present.ExpiresAt is not null:
                await PutAsync(
                    present with { Hash = record.Hash, Scopes = record.Scopes, ExpiresAt = null }, "replaced", cancellationToken);
                break;
            default:
                break; // as at the start before: nothing happened
        }
    }

    private async Task PutAsync(ApiKeyRecord record, string what, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(session =>
        {
            store.Put(session, record);
            Tell(session, record, what, context: null);
            return true;
        }, cancellationToken);
        Remember(record);
    }

    private static string? Beyond(Caller maker, ApiKeyDraft draft) =>
        draft.Environment != maker.Environment ? $"it is of environment '{maker.Environment}'."
        : draft.Client is { } client && client.Text != maker.Client ? $"it speaks for client {maker.Client}; leave 'client' out for a new one."
        : maker.ExpiresAt is { } end && !(draft.ExpiresAt <= end) ? $"it ends at {end:O}."
        : null;

    private bool IsGood(ApiKeyRecord key) => key.RevokedAt is null && !(key.ExpiresAt <= clock.GetUtcNow());

    private ApiKeyRecord Record(TenantId tenant, ApiKeyText text, ApiKeyDraft draft) => new()
    {
        Tenant = tenant,
        Id = ids.New<ApiKeyId>(),
        PublicId = text.PublicId,
        Hash = hasher.Hash(text),
        Client = draft.Client ?? ids.New<ClientId>(),
        Name = draft.Name,
        Environment = text.Environment,
        Scopes = draft.Scopes,
        ExpiresAt = draft.ExpiresAt,
        CreatedAt = clock.GetUtcNow(),
    };

    /// <summary>What a read found. It may be older than a change of this process, which therefore stays.</summary>
    private Known Keep(ApiKeyRecord record) =>
        _known.TryGetValue(record.PublicId, out var newer) ? newer
        : _known.Count < CacheCapacity ? _known.GetOrAdd(record.PublicId, KnownOf(record))
        : KnownOf(record);

    /// <summary>What a change of this process left, whatever was read before. Beyond the capacity too: a read that runs must not bring back what it replaced.</summary>
    private void Remember(ApiKeyRecord record) => _known[record.PublicId] = KnownOf(record);

    private static Known KnownOf(ApiKeyRecord record) => new(record, new Caller
    {
        Tenant = record.Tenant,
        Client = record.Client.Text,
        Credential = $"key:{record.Id}",
        Key = record.PublicId,
        Scopes = record.Scopes.ToFrozenSet(),
        Environment = record.Environment,
        ExpiresAt = record.ExpiresAt,
    });

    private void Tell(IWriteSession session, ApiKeyRecord record, string what, RequestContext? context)
    {
        var facts = new JsonObject
        {
            ["apiKeyId"] = record.Id.Text,
            ["client"] = record.Client.Text,
            ["name"] = record.Name,
            ["environment"] = record.Environment,
            ["scopes"] = new JsonArray([.. record.Scopes.Select(scope => JsonValue.Create(scope))]),
        };
        session.Append(new AuditDraft
        {
            Tenant = record.Tenant,
            Action = $"api_keys.{what}",
            Actor = context?.Caller.Credential ?? "system",
            Subject = record.Id.Text,
            RequestId = context?.RequestId,
            Payload = (JsonObject)facts.DeepClone(),
        });
        session.Append(events.Create(record.Tenant, session.Now, new GatewayEvent
        {
            Type = $"q.gateway.api_keys.{what}.v1",
            Subject = record.Id.Text,
            PartitionKey = record.Id.Text,
            Data = facts,
            TraceParent = context?.TraceParent,
        }));
    }

    private sealed record Known(ApiKeyRecord Record, Caller Caller)
    {
        // A digest of the text that was found right once: comparing with it spares every later request the keyed hash (docs/benchmarks.md, micro).
        // The text itself is not kept: what lies in memory for long opens nothing.
        private volatile byte[]? _accepted;

        public bool Matches(ApiKeyText key, ApiKeyHasher hasher)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(MemoryMarshal.AsBytes(key.Text.AsSpan()), digest);
            if (_accepted is { } accepted)
            {
                return CryptographicOperations.FixedTimeEquals(digest, accepted);
            }

            if (!hasher.Matches(key, Record.Hash.Span))
            {
                return false;
            }

            _accepted = digest.ToArray();
            return true;
        }
    }
}
