using Qrossing.Connectors.Modules.AnarQ;

namespace Qrossing.Tests.Connectors.Modules.AnarQ;

[Trait("Kind", "unit")]
public sealed class SquidIdentifierTests
{
    private const string Uuid = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    private const string Hex = "6f9619ff8b864d01b42d00cf4fc964ff";

    [Theory]
    [InlineData(Uuid)]
    [InlineData("did:squid:" + Uuid)]
    [InlineData("squid_" + Uuid)]
    [InlineData("squid_" + Hex)]
    [InlineData("6F9619FF-8B86-4D01-B42D-00CF4FC964FF")]
    public void Uuid_in_any_spelling_is_written_as_each_module_wants_it(string text)
    {
        Assert.True(SquidIdentifier.TryParse(text, out var identifier));
        Assert.Equal(Uuid, identifier.ToText("uuid"));
        Assert.Equal("squid_" + Hex, identifier.ToText("squid_"));
        Assert.Equal("did:squid:" + Uuid, identifier.ToText("did:squid:"));
    }

    [Fact]
    public void Name_that_is_no_uuid_has_no_uuid_spelling()
    {
        Assert.True(SquidIdentifier.TryParse("did:squid:alice", out var identifier));
        Assert.Equal("squid_alice", identifier.ToText("squid_"));
        Assert.Equal("did:squid:alice", identifier.ToText("did:squid:"));
        Assert.Null(identifier.ToText("uuid"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("squid_")]
    [InlineData("did:squid:a b")]
    [InlineData("did:key:z6Mk")]
    [InlineData("../x")]
    public void Text_that_names_nobody_is_refused(string? text) => Assert.False(SquidIdentifier.TryParse(text, out _));
}
