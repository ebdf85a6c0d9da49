using Qrossing.Abstractions.Connectors;

namespace Qrossing.Tests.Core.Connectors;

/// <summary>What a failure below a call says about the question whether the request can have arrived.</summary>
[Trait("Kind", "unit")]
public sealed class PeerFaultTests
{
    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, FaultKind.Unavailable, "peer.name_unresolved")]
    [InlineData(HttpRequestError.SecureConnectionError, FaultKind.Unavailable, "peer.tls_failed")]
    [InlineData(HttpRequestError.ConnectionError, FaultKind.Unavailable, "peer.unreachable")]
    [InlineData(HttpRequestError.ResponseEnded, FaultKind.Indeterminate, "peer.connection_lost")]
    [InlineData(HttpRequestError.Unknown, FaultKind.Indeterminate, "peer.connection_lost")]
    public void Only_what_fails_before_a_connection_stands_did_not_happen(HttpRequestError error, FaultKind kind, string code)
    {
        var fault = ConnectorHttp.FaultOf(new HttpRequestException(error, "as the client says it"));
        Assert.Equal((kind, code), (fault.Kind, fault.Code));
    }

    [Fact]
    public void Refusal_of_our_own_handlers_did_not_happen_whatever_it_is_wrapped_in()
    {
        var fault = ConnectorHttp.FaultOf(new HttpRequestException(HttpRequestError.Unknown, "wrapped", new PeerNotCalledException("too late")));
        Assert.Equal((FaultKind.Unavailable, "peer.not_called"), (fault.Kind, fault.Code));
    }
}
