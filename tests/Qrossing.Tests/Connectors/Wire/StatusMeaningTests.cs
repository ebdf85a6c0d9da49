using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Wire;

namespace Qrossing.Tests.Connectors.Wire;

[Trait("Kind", "unit")]
public sealed class StatusMeaningTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(304)]
    [InlineData(408)]
    [InlineData(418)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    public void Status_that_leaves_it_open_may_have_happened(int status) => Assert.Equal(FaultKind.Indeterminate, StatusMeaning.KindOf(status));

    [Theory]
    [InlineData(400, FaultKind.Invalid)]
    [InlineData(401, FaultKind.Unauthorized)]
    [InlineData(403, FaultKind.Rejected)]
    [InlineData(404, FaultKind.NotFound)]
    [InlineData(409, FaultKind.Rejected)]
    [InlineData(422, FaultKind.Invalid)]
    [InlineData(429, FaultKind.RateLimited)]
    public void Registered_refusal_did_not_happen(int status, FaultKind kind) => Assert.Equal(kind, StatusMeaning.KindOf(status));
}
