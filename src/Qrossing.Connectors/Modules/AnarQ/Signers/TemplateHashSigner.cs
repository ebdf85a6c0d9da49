namespace Qrossing.Connectors.Modules.AnarQ.Signers;

/// <summary>Modules made from the template: hex SHA-256 of method, path, the body's JSON and <c>x-ts</c> without separators.</summary>
internal sealed class TemplateHashSigner : RequestSigner
{
    public const string Name = "template-hash";

    public override bool CoversBody => true;

    public override IReadOnlyDictionary<string, string> Sign(SignatureInput input) => new Dictionary<string, string>
    {
        ["x-sig"] = Sha256Hex(input.Method + input.Path + input.Body + input.Timestamp),
    };
}
