namespace Qrossing.Connectors.Modules.AnarQ.Signers;

/// <summary>The backend's <c>standardAuth</c>: hex SHA-256 of <c>METHOD:path:squidId:ts:mock-key</c>. The key is that literal, so this proves nothing; it is what is checked.</summary>
internal sealed class BackendHashSigner : RequestSigner
{
    public const string Name = "backend-hash";

    public override IReadOnlyDictionary<string, string> Sign(SignatureInput input) => new Dictionary<string, string>
    {
        ["x-sig"] = Sha256Hex($"{input.Method}:{input.Path}:{input.SquidId}:{input.Timestamp}:mock-key"),
    };
}
