using System.Text.Json;
using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Effects;

/// <summary><c>/v1/receipts</c>.</summary>
public sealed class ReceiptCalls
{
    private readonly GatewayHttp _gateway;

    internal ReceiptCalls(GatewayHttp gateway) => _gateway = gateway;

    /// <summary>The receipt of an effect as of now, for reading. Earlier receipts stay valid. Permission <c>effects:read</c>.</summary>
    /// <param name="effectId">The effect's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="QrossingProblemException"><c>receipts.not_found</c>; <c>audit.not_integrated</c> (retryable).</exception>
    public Task<Receipt> GetAsync(string effectId, CancellationToken cancellationToken = default) =>
        _gateway.GetAsync(Path(effectId), SdkJson.Default.Receipt, cancellationToken);

    /// <summary>The same receipt as the document that the gateway signed: what is kept and verified.</summary>
    /// <param name="effectId">The effect's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="QrossingProblemException">As of <see cref="GetAsync"/>.</exception>
    public Task<JsonElement> GetDocumentAsync(string effectId, CancellationToken cancellationToken = default) =>
        _gateway.GetAsync(Path(effectId), SdkJson.Default.JsonElement, cancellationToken);

    private static RequestPath Path(string effectId) => new RequestPath("/v1/receipts").Then(effectId);
}
