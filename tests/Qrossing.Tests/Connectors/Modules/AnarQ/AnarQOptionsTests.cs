using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Modules.AnarQ;

namespace Qrossing.Tests.Connectors.Modules.AnarQ;

[Trait("Kind", "unit")]
public sealed class AnarQOptionsTests
{
    private static readonly AnarQOptions Valid = new() { Module = "qindex", BaseUrl = new Uri("http://127.0.0.1:3006") };

    [Fact]
    public void Options_with_module_and_address_are_enough()
    {
        Assert.Empty(Problems(Valid));
        Assert.Equal(("qindex", "squid_"), (ModuleDefaults.DialectOf(Valid), ModuleDefaults.IdFormatOf(Valid)));
    }

    [Theory]
    [InlineData("""{"module":"Qindex","baseUrl":"http://a"}""", "Module")]
    [InlineData("""{"module":"qindex","baseUrl":"ftp://a"}""", "BaseUrl")]
    [InlineData("""{"module":"qindex","baseUrl":"http://user:pw@a"}""", "BaseUrl")]
    [InlineData("""{"module":"qindex","baseUrl":"relative"}""", "BaseUrl")]
    [InlineData("""{"module":"qindex","baseUrl":"http://a","prefix":"/x/"}""", "Prefix")]
    [InlineData("""{"module":"qindex","baseUrl":"http://a","dialect":"soap"}""", "Dialect")]
    [InlineData("""{"module":"qindex","baseUrl":"http://a","idFormat":"did:key:"}""", "IdFormat")]
    [InlineData("""{"module":"qindex","baseUrl":"http://a","signer":"rsa"}""", "Signer")]
    [InlineData("""{"module":"qindex","baseUrl":"http://a","signer":"backend-hash"}""", "SquidId")]
    [InlineData("""{"module":"qindex","baseUrl":"http://a","signer":"qchat-hmac","squidId":"squid_a"}""", "SignerSecret")]
    [InlineData("""{"module":"qindex","baseUrl":"http://a","squidId":"a b"}""", "SquidId")]
    [InlineData("""{"module":"qindex","baseUrl":"http://a","timeout":"00:10:00"}""", "Timeout")]
    public void Option_that_cannot_work_is_named(string json, string member) =>
        Assert.Contains(member, Problems(JsonSerializer.Deserialize<AnarQOptions>(json, JsonSerializerOptions.Web)!).SelectMany(problem => problem.MemberNames));

    [Fact]
    public void Signer_with_identity_and_secret_is_accepted() =>
        Assert.Empty(Problems(Valid with { Signer = "qchat-hmac", SquidId = "squid_a", SignerSecret = new SecretRef("env:QCHAT") }));

    private static List<ValidationResult> Problems(AnarQOptions options)
    {
        // Validate() runs only when the attributes are content, so both are asked.
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return [.. problems, .. options.Validate(new ValidationContext(options))];
    }
}
