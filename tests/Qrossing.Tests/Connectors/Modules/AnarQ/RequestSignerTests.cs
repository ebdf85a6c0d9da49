using Qrossing.Connectors.Modules.AnarQ.Signers;

namespace Qrossing.Tests.Connectors.Modules.AnarQ;

/// <summary>Expected values were computed with Python's hashlib and hmac from the verifiers' rules.</summary>
[Trait("Kind", "unit")]
public sealed class RequestSignerTests
{
    private static readonly SignatureInput Input = new(
        "POST", "/files", """{"a":1,"text":"ñ"}""", "squid_gateway", "1770000000000", "");

    [Fact]
    public void Backend_hash_ends_with_the_verifiers_literal() => Assert.Equal(
        "a9ba16e2bd0c0dec70dbeb7b21e75b75eafdf227f92c4bc7e2c93e05f054f65d",
        RequestSigner.Of("backend-hash")!.Sign(Input)["x-sig"]);

    [Fact]
    public void Squid_message_is_hashed_with_the_public_key()
    {
        var headers = RequestSigner.Of("squid-message")!.Sign(Input with { Method = "GET", Path = "/identity/x", Secret = "pub_1234" });
        Assert.Equal("""{"action":"GET /identity/x","timestamp":1770000000000,"did":"squid_gateway"}""", headers["x-message"]);
        Assert.Equal("48fcedc0a7ec03baffb476f353645178d5a73ca61226c1ed41c6752c7b749b90", headers["x-sig"]);
    }

    [Fact]
    public void Qchat_hmac_covers_body_time_and_identity() => Assert.Equal(
        "d4140ef57a040208fc2bc25333479c1524059494b35256ddba81147dc193810a",
        RequestSigner.Of("qchat-hmac")!.Sign(Input with { Secret = "dev-secret" })["x-sig"]);

    [Fact]
    public void Template_hash_has_no_separators() => Assert.Equal(
        "2dca3d78d160db8e51676d01d98581733ea76c9b6c9f6f3190e533971cab67bc",
        RequestSigner.Of("template-hash")!.Sign(Input)["x-sig"]);

    [Fact]
    public void None_is_no_signer() => Assert.Null(RequestSigner.Of("none"));
}
