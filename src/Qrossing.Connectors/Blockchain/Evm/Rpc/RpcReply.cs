using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>A reply of the endpoint, of any HTTP status: with a result, with an error, or with neither when it is no reply to our request.</summary>
internal sealed record RpcReply
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>2xx.</summary>
    public required bool IsSuccess { get; init; }

    /// <summary>What <c>Retry-After</c> asks for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The result, JSON null included; undefined when there is none.</summary>
    public JsonElement Result { get; init; }

    /// <summary>The error; null when there is none.</summary>
    public RpcError? Error { get; init; }

    /// <summary>Reads the envelope (JSON-RPC 2.0 section 5): version, our id, and exactly one of result and error.</summary>
    public static RpcReply Read(PeerReply reply, int id, TimeProvider clock)
    {
        var bare = new RpcReply { Status = reply.Status, IsSuccess = reply.IsSuccess, RetryAfter = reply.RetryAfter(clock) };
        if (!StrictJson.TryParse(reply.Body, out var document, out _))
        {
            return bare;
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0")
                || !root.TryGetProperty("id", out var answered) || answered.ValueKind != JsonValueKind.Number || !answered.TryGetInt32(out var number) || number != id)
            {
                return bare;
            }

            // Some nodes write the member that does not apply as null.
            var hasError = root.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null;
            var hasResult = root.TryGetProperty("result", out var result) && !(hasError && result.ValueKind == JsonValueKind.Null);
            return (hasResult, hasError) switch
            {
                (true, false) => bare with { Result = result.Clone() },
                (false, true) => bare with { Error = ReadError(error) },
                _ => bare,
            };
        }
    }

    private static RpcError? ReadError(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number
        && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
            ? new RpcError(code.GetRawText(), message.GetString()!, error.TryGetProperty("data", out var data) ? data.Clone() : default)
            : null;
}
