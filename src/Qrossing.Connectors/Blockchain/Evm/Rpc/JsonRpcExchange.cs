using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>JSON-RPC over HTTP within one call of the connector: one request each, never a batch, never repeated.</summary>
internal sealed class JsonRpcExchange
{
    private readonly Uri _endpoint;
    private readonly ConnectorCall _call;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;

    // Not the same in every call, so that a proxy which mixes up its clients' replies is noticed.
    private int _lastId = RandomNumberGenerator.GetInt32(int.MaxValue / 2);

    private JsonRpcExchange(Uri endpoint, ConnectorCall call, IReadOnlyList<KeyValuePair<string, string>> headers) =>
        (_endpoint, _call, _headers) = (endpoint, call, headers);

    /// <summary>Opens the secrets that requests carry.</summary>
    public static async ValueTask<ConnectorResult<JsonRpcExchange>> OpenAsync(EvmOptions options, ConnectorCall call, CancellationToken cancellationToken)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, reference) in options.Headers)
        {
            var secret = await OpenSecretAsync(reference, call, cancellationToken);
            if (!secret.IsSuccess)
            {
                return secret.Fault;
            }

            headers.Add(KeyValuePair.Create(name, secret.Value));
        }

        if (options.Bearer is { } bearer)
        {
            var token = await OpenSecretAsync(bearer, call, cancellationToken);
            if (!token.IsSuccess)
            {
                return token.Fault;
            }

            headers.Add(KeyValuePair.Create("Authorization", $"Bearer {token.Value}"));
        }

        return new JsonRpcExchange(options.Endpoint, call, headers);
    }

    /// <summary>
    /// Asks something that changes nothing. Because nothing can have happened, a time-out or a cut connection is
    /// <see cref="FaultKind.Unavailable"/> here. The result may be JSON null.
    /// </summary>
    public async ValueTask<ConnectorResult<JsonElement>> ReadAsync(string method, JsonArray parameters, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(method, parameters, cancellationToken);
        if (!reply.IsSuccess)
        {
            return reply.Fault.Kind == FaultKind.Indeterminate ? reply.Fault with { Kind = FaultKind.Unavailable } : reply.Fault;
        }

        return EvmFaults.OfRead(reply.Value) is { } fault ? fault : reply.Value.Result;
    }

    /// <summary>Sends, and reads the envelope of what comes back. What it means is the caller's to judge.</summary>
    public async ValueTask<ConnectorResult<RpcReply>> SendAsync(string method, JsonArray parameters, CancellationToken cancellationToken)
    {
        var id = ++_lastId;
        var body = JsonSerializer.SerializeToUtf8Bytes(new RpcRequest { Id = id, Method = method, Params = parameters }, EvmJson.Default.RpcRequest);
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var reply = await _call.ExchangeAsync(request, cancellationToken);
        return reply.IsSuccess ? RpcReply.Read(reply.Value, id, _call.Clock) : reply.Fault;
    }

    private static async ValueTask<ConnectorResult<string>> OpenSecretAsync(SecretRef reference, ConnectorCall call, CancellationToken cancellationToken)
    {
        var secret = await call.Secrets.ReadAsync(reference, cancellationToken);
        return secret.IsSuccess && secret.Value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? EvmFaults.SecretUnusable : secret;
    }
}
