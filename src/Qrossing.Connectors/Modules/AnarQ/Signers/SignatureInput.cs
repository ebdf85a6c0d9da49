namespace Qrossing.Connectors.Modules.AnarQ.Signers;

/// <summary>What a signature may cover.</summary>
/// <param name="Method">HTTP method, upper case.</param>
/// <param name="Path">Path behind the module's prefix as sent, without the query.</param>
/// <param name="Body">JSON text of the body as the verifier will write it again; <c>{}</c> when there is none.</param>
/// <param name="SquidId">The value of <c>x-squid-id</c>.</param>
/// <param name="Timestamp">The value of <c>x-ts</c>, epoch milliseconds.</param>
/// <param name="Secret">The opened <c>signerSecret</c>; empty for signers without one.</param>
internal sealed record SignatureInput(string Method, string Path, string Body, string SquidId, string Timestamp, string Secret);
