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

            known = Remember(record);
        }

        var found = known.Record;
        return found.RevokedAt is null
            && !(found.ExpiresAt <= clock.GetUtcNow())
            && known.Matches(key, hasher)
                ? known.Caller
                : null;
    }

    /// <summary>Makes a key; its text is shown this once.</summary>
    public async Task<Result<(ApiKeyRecord Record, ApiKeyText Text)>> CreateAsync(RequestContext context, ApiKeyDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Scopes.FirstOrDefault(scope => !context.Caller.Has(scope)) is { } missing)
        {
            return new Refusal(AccessErrors.Forbidden, $"A key cannot hold more than its maker: '{missing}' is not yours to give.");
        }

        var text = ApiKeyText.Create(draft.Environment);
        var record = Record(context.Caller.Tenant, text, draft);
        await writer.WriteAsync(session =>
        {
            store.Insert(session, record);
            Tell(session, record, "created", context);
            return true;
        }, cancellationToken);
        Remember(record);
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
        await writer.WriteAsync(session =>
        {
            if (store.Revoke(session, record.Tenant, id, session.Now))
            {
                Tell(session, record, "revoked", context);
            }

            return true;
        }, cancellationToken);
        Remember(revoked);
        return revoked;
    }

    /// <summary>
    /// Makes sure an administrator key exists: the given one when the environment names it, else a new one on the very first start, whose text is returned
    /// to be shown once. Null when there is nothing to show.
    /// </summary>
    public async Task<ApiKeyText?> EnsureAdministratorAsync(string? given, CancellationToken cancellationToken)
    {
        if (given is null && await store.AnyAsync(cancellationToken))
        {
            return null;
        }

        ApiKeyText text;
        if (given is null)
        {
            text = ApiKeyText.Create("live");
        }
        else if (!ApiKeyText.TryParse(given, out text!))
        {
            throw new ArgumentException("QROSSING_ADMIN_KEY does not match qk_<environment>_<id>_<secret>.", nameof(given));
        }

        if (await store.FindAsync(text.PublicId, cancellationToken) is { RevokedAt: null } present && hasher.Matches(text, present.Hash.Span))
        {
            return null;
        }

        var record = Record(TenantId.Default, text, new ApiKeyDraft("administrator", text.Environment, ["*"], null, null));
        await writer.WriteAsync(session =>
        {
            store.Put(session, record);
            Tell(session, record, "created", context: null);
            return true;
        }, cancellationToken);
        Remember(record);
        return given is null ? text : null;
    }

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

    private Known Remember(ApiKeyRecord record)
    {
        var known = new Known(record, new Caller
        {
            Tenant = record.Tenant,
            Client = record.Client.Text,
            Credential = $"key:{record.Id}",
            Scopes = record.Scopes.ToFrozenSet(),
            Environment = record.Environment,
        });
        if (_known.Count >= CacheCapacity && !_known.ContainsKey(record.PublicId))
        {
            return known;
        }

        return _known[record.PublicId] = known;
    }

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
        // The text that was found right once: comparing with it costs a tenth of the keyed hash, which a request would spend more on than on its routing.
        private volatile string? _accepted;

        public bool Matches(ApiKeyText key, ApiKeyHasher hasher)
        {
            if (_accepted is { } accepted)
            {
                return CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(key.Text.AsSpan()), MemoryMarshal.AsBytes(accepted.AsSpan()));
            }

            if (!hasher.Matches(key, Record.Hash.Span))
            {
                return false;
            }

            _accepted = key.Text;
            return true;
        }
    }
}
