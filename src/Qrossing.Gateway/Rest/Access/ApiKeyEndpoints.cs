using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Access;

/// <summary><c>/v1/api-keys</c>: the callers' credentials.</summary>
internal sealed class ApiKeyEndpoints(ApiKeys keys, IApiKeyStore store, TimeProvider clock) : IMapsEndpoints
{
    private const string Tag = "API keys";

    private const string Example = """
        {"id":"key_06f1m2v8d9w3x5z7a1b4c6d8e0","name":"uploader","prefix":"qk_live_8Hk2mQ4tZw1x","client":"cli_06f1m2v8d9w3x5z7a1b4c6d8e1","environment":"live","scopes":["objects:write","objects:read"],"createdAt":"2026-01-31T12:00:00Z"}
        """;

    private static readonly string Scopes = $"Scopes: {string.Join(", ", Permissions.All)}, or * for everything.";

    public void Map(RestRoutes routes)
    {
        routes.Post("/v1/api-keys", new EndpointRule(Permissions.ApiKeysAdmin, BodyKind.Json)
        {
            Text = new EndpointText("createApiKey", Tag, "Makes an API key. Its text is shown in this answer only.")
            {
                Description = $"{Scopes} {EndpointText.NoRepeat}",
                Request = typeof(NewApiKey),
                RequestExample = """{"name":"uploader","scopes":["objects:write","objects:read"]}""",
                Response = typeof(ApiKeyView),
                Status = StatusCodes.Status201Created,
                ResponseExample = Example,
                Errors = [AccessErrors.Forbidden],
            },
        }, CreateAsync);
        routes.Get("/v1/api-keys", new EndpointRule(Permissions.ApiKeysRead)
        {
            Text = new EndpointText("listApiKeys", Tag, "Lists API keys, newest first, revoked ones included.")
            {
                Response = typeof(ListView<ApiKeyView>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
                Query = QueryText.Page,
            },
        }, call => Lists.PageAsync(call, page => store.ListAsync(call.Tenant, page, call.Aborted), ApiKeyView.Of));
        routes.Get("/v1/api-keys/{id}", new EndpointRule(Permissions.ApiKeysRead)
        {
            Text = new EndpointText("getApiKey", Tag, "One API key, without its text.") { Response = typeof(ApiKeyView), ResponseExample = Example, Errors = [AccessErrors.KeyNotFound] },
        }, GetAsync);
        routes.Delete("/v1/api-keys/{id}", new EndpointRule(Permissions.ApiKeysAdmin)
        {
            Text = new EndpointText("revokeApiKey", Tag, "Revokes an API key at once; a second time changes nothing.")
            {
                Response = typeof(ApiKeyView),
                ResponseExample = Example,
                Errors = [AccessErrors.KeyNotFound],
            },
        }, RevokeAsync);
    }

    private async Task<Answer> CreateAsync(GatewayCall call)
    {
        var bound = call.Bind<NewApiKey>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var wanted = bound.Value;
        var errors = Check(wanted, clock.GetUtcNow());
        if (errors.Count > 0)
        {
            return GatewayCall.Invalid(errors);
        }

        ClientId? client = IdText.TryParse<ClientId>(wanted.Client, out var parsed) ? parsed : null;
        var draft = new ApiKeyDraft(wanted.Name, wanted.Environment ?? (call.Context.Caller.IsAdministrator ? "live" : call.Context.Caller.Environment), [.. wanted.Scopes.Distinct()], wanted.ExpiresAt, client);
        var made = await keys.CreateAsync(call.Context, draft, call.Aborted);
        return Answer.From(made, key => Answer.Of(
            StatusCodes.Status201Created,
            ApiKeyView.Of(key.Record) with { Key = key.Text.Text },
            $"/v1/api-keys/{key.Record.Id}"));
    }

    private async Task<Answer> GetAsync(GatewayCall call) =>
        call.Id<ApiKeyId>() is { } id && await store.GetAsync(call.Tenant, id, call.Aborted) is { } record
            ? Answer.Ok(ApiKeyView.Of(record))
            : NotFound(call);

    private async Task<Answer> RevokeAsync(GatewayCall call) =>
        call.Id<ApiKeyId>() is { } id
            ? Answer.From(await keys.RevokeAsync(call.Context, id, call.Aborted), record => Answer.Ok(ApiKeyView.Of(record)))
            : NotFound(call);

    private static List<FieldError> Check(NewApiKey wanted, DateTimeOffset now)
    {
        var errors = wanted.Scopes
            .Select((scope, index) => (scope, index))
            .Where(item => !Permissions.IsScope(item.scope))
            .Select(item => new FieldError($"/scopes/{item.index}", "enum", "No such scope."))
            .ToList();
        if (wanted.ExpiresAt <= now)
        {
            errors.Add(new FieldError("/expiresAt", "range", "Must lie in the future."));
        }

        if (wanted.Client is not null && !IdText.TryParse<ClientId>(wanted.Client, out _))
        {
            errors.Add(new FieldError("/client", "format", "Must be a client id, cli_..."));
        }

        return errors;
    }

    private static Refusal NotFound(GatewayCall call) => new(AccessErrors.KeyNotFound, $"There is no API key '{call.Path("id")}'.");
}
