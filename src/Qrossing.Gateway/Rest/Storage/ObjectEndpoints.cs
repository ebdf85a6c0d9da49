using Microsoft.AspNetCore.Http;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Storage;
using Qrossing.Gateway.Problems;
using Qrossing.Gateway.Rest.Effects;

namespace Qrossing.Gateway.Rest.Storage;

/// <summary><c>/v1/objects</c>: content in and out, streamed both ways.</summary>
internal sealed class ObjectEndpoints(Objects objects, IObjectStore store, ObjectReading reading) : IMapsEndpoints
{
    private const string Tag = "Objects";

    private const string Example = """
        {"id":"obj_06f1m2v8d9w3x5z7a1b4c6d8e0","key":"reports/2026/january.pdf","cid":"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
        "sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0,"contentType":"application/pdf",
        "etag":"\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\"","effectId":"eff_06f1m2v8d9w3x5z7a1b4c6d8e0"}
        """;

    public void Map(RestRoutes routes)
    {
        routes.Post("/v1/objects", new EndpointRule(Permissions.ObjectsWrite, BodyKind.Raw)
        {
            MaxBodyBytes = null,
            CausesEffect = true,
            Text = new EndpointText("putObject", Tag, "Stores content under its content id.")
            {
                Description = "The body is the content, of any type and length, or multipart/form-data with one part named 'file'. It is spooled to disk whole before the effect is recorded.",
                RequestSize = "Any size that the disk has room for: a Content-Length beyond that is refused with 507 before the body is read.",
                Response = typeof(ObjectView),
                Status = StatusCodes.Status201Created,
                ResponseExample = Example,
                Query = [new("key", "A name of your own, 1 to 1,024 characters; a newer object of the same name takes it over."), new("connection", "The store. Default: the built-in one.")],
                Errors = [HttpErrors.BadRequest, HttpErrors.UnsupportedMediaType, HttpErrors.BodyInvalid, StorageErrors.KeyInvalid, ConnectorErrors.FilesFull, ConnectorErrors.NotFound, ConnectorErrors.CapabilityMissing, ConnectorErrors.Disabled, AccessErrors.EnvironmentMismatch, EffectErrors.KeyInFlight],
            },
        }, PutAsync);
        routes.Get("/v1/objects", new EndpointRule(Permissions.ObjectsRead)
        {
            Text = new EndpointText("listObjects", Tag, "Lists objects, newest first.")
            {
                Response = typeof(ListView<ObjectView>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
                Query = [new("prefix", "Only keys that start with this."), .. QueryText.Page],
            },
        }, ListAsync);
        routes.Get("/v1/objects/{**name}", new EndpointRule(Permissions.ObjectsRead)
        {
            Text = new EndpointText("getObject", Tag, "The content of an object, by id, content id or key; every chunk is verified on its way out.")
            {
                Description = "Takes Range (one range), If-None-Match and If-Range. The ETag is the content id in quotes. Keys may contain slashes.",
                MediaType = MediaTypeText.OctetStream,
                Errors = [StorageErrors.NotFound, StorageErrors.RangeInvalid, StorageErrors.Corrupt, ConnectorErrors.Disabled, ConnectorErrors.Paused, ConnectorErrors.CapabilityMissing, AccessErrors.EnvironmentMismatch],
            },
        }, GetAsync, head: true);
    }

    private async Task<Answer> PutAsync(GatewayCall call)
    {
        var content = await UploadContent.OpenAsync(call);
        if (!content.IsSuccess)
        {
            return content.Refusal;
        }

        var (body, contentType, rest) = content.Value;
        var answer = await objects.PutAsync(
            call.Context,
            new ObjectUpload
            {
                Body = body,
                Length = call.Http.Request.ContentLength,
                Rest = rest,
                ContentType = contentType ?? MediaTypeText.OctetStream,
                Key = call.Http.Request.Query["key"] is { Count: > 0 } key ? key.ToString() : null,
                Connection = call.Query("connection"),
                IdempotencyKey = call.IdempotencyKey,
                Wait = call.Wait,
                Fingerprint = sha256 => call.FingerprintOf(contentType ?? string.Empty, sha256.Span),
            },
            call.Aborted);
        return EffectAnswers.Of(call, answer);
    }

    private Task<Answer> ListAsync(GatewayCall call) =>
        Lists.PageAsync(call, page => store.ListAsync(call.Tenant, call.Query("prefix"), page, call.Aborted), ObjectView.Of);

    private async Task<Answer> GetAsync(GatewayCall call)
    {
        // The router leaves %2F alone because it would be a separator; in a key it is one.
        var name = call.Path("name").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var found = await objects.FindAsync(call.Tenant, name, call.Aborted);
        return found.IsSuccess ? await reading.AnswerAsync(call, found.Value) : found.Refusal;
    }
}
