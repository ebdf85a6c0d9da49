using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Objects;

/// <summary><c>/v1/objects</c>.</summary>
public sealed class ObjectCalls
{
    private const string Root = "/v1/objects";

    private readonly GatewayHttp _gateway;

    internal ObjectCalls(GatewayHttp gateway) => _gateway = gateway;

    /// <summary>Stores the rest of a stream, of any length. One effect; harmless to repeat with the same <see cref="EffectOptions.IdempotencyKey"/> and content. Permission <c>objects:write</c>.</summary>
    /// <param name="body">The content, streamed; left open.</param>
    /// <param name="upload">Type and name; null for the defaults.</param>
    /// <param name="options">Key and waiting; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call; once the body arrived, the effect goes on.</param>
    /// <exception cref="QrossingProblemException"><c>idempotency.mismatch</c>, <c>idempotency.in_flight</c> (retryable), or the failed effect's own code.</exception>
    public async Task<EffectAnswer<StoredObject>> PutAsync(Stream body, ObjectUpload? upload = null, EffectOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        upload ??= new ObjectUpload();
        var path = new RequestPath(Root).With("key", upload.Key).With("connection", upload.Connection);
        using var content = new StreamContent(new UnownedStream(body));
        content.Headers.TryAddWithoutValidation("Content-Type", upload.ContentType);
        return await _gateway.CauseAsync(path, content, options, SdkJson.Default.StoredObject, static stored => stored.EffectId, cancellationToken);
    }

    /// <summary>An object's content. Permission <c>objects:read</c>.</summary>
    /// <param name="name">Its id, content id or key, tried in that order.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="QrossingProblemException"><c>objects.not_found</c>.</exception>
    public async Task<ObjectContent> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, default(Uri));
        var answer = await _gateway.SendAsync(request, new RequestPath(Root).ThenAll(name), cancellationToken);
        try
        {
            return new ObjectContent(answer, await answer.Content.ReadAsStreamAsync(cancellationToken));
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
