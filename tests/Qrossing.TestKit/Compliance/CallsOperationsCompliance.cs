using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Http;

namespace Qrossing.TestKit.Compliance;

/// <summary>What <see cref="CallsOperationsCompliance"/> needs of an API.</summary>
public interface ICallsOperationsFixture : ITroublesPeer
{
    /// <summary>A write with a lookup, whose operation remembers idempotency keys, different for each name.</summary>
    OperationCall Write(string name);

    /// <summary>The same operation with two mistakes in its body.</summary>
    OperationCall WrongWrite();

    /// <summary>How often that write was really done.</summary>
    int Applied(OperationCall write);

    /// <summary>The API refuses our credential from now on; the credential it gets is returned.</summary>
    string RefuseCredential();
}

/// <summary>Rules for <see cref="ICallsOperations"/>.</summary>
public sealed class CallsOperationsCompliance(ConnectorFixture fixture) : ComplianceSuite<ICallsOperations, ICallsOperationsFixture>(fixture)
{
    public Task Operations_are_described_once_and_completely()
    {
        var operations = Connector.DescribeOperations();
        Demand.That(operations.Count > 0 && operations.DistinctBy(operation => operation.OperationId).Count() == operations.Count, "Operation ids repeat.");
        Demand.None(operations.Where(operation => (string?)operation.Parameters["type"] != "object").Select(operation => operation.OperationId), "Operations without a schema of their parameters");
        return Task.CompletedTask;
    }

    public async Task A_write_is_done_once_and_found()
    {
        var write = Peer.Write("one");
        Demand.That(Connector.CheckOperation(write).Count == 0, "A right request was refused.");
        Demand.That(Demand.Success(await CallAsync(write, "eff_one")).Status is >= 200 and < 300, "The API refused a right request.");
        Demand.That(await LookUpAsync(write, "eff_one") is Lookup<OperationReply>.Found, "The write is not found.");
        Demand.That(Peer.Applied(write) == 1, "The write was not done exactly once.");
    }

    public async Task A_repeat_with_the_same_key_is_done_once()
    {
        var write = Peer.Write("repeated");
        await Peer.TroubleNextWriteAsync(PeerTrouble.AppliesThenCloses);
        Demand.Fault(await CallAsync(write, "eff_two"), FaultKind.Indeterminate);
        Demand.Success(await CallAsync(write, "eff_two"));
        Demand.That(Peer.Applied(write) == 1, "The repeat was done again: the key did not arrive.");
    }

    public async Task Applied_with_a_lost_reply_is_unknown_and_then_found()
    {
        foreach (var trouble in new[] { PeerTrouble.AppliesThenCloses, PeerTrouble.AppliesThenGarbage })
        {
            var write = Peer.Write($"lost-{trouble}");
            await Peer.TroubleNextWriteAsync(trouble);
            Demand.Fault(await CallAsync(write, $"eff_{trouble}"), FaultKind.Indeterminate);
            Demand.That(await LookUpAsync(write, $"eff_{trouble}") is Lookup<OperationReply>.Found, $"After {trouble} the write is not found.");
        }
    }

    public async Task Not_applied_with_a_lost_reply_is_unknown_and_then_absent()
    {
        foreach (var trouble in new[] { PeerTrouble.Closes, PeerTrouble.ServerError })
        {
            var write = Peer.Write($"unheard-{trouble}");
            await Peer.TroubleNextWriteAsync(trouble);
            Demand.Fault(await CallAsync(write, $"eff_{trouble}"), FaultKind.Indeterminate);
            Demand.That(await LookUpAsync(write, $"eff_{trouble}") is Lookup<OperationReply>.DefinitelyAbsent, $"After {trouble} the write is not absent.");
        }
    }

    public async Task A_rate_limit_did_not_happen_and_says_when_to_come_back()
    {
        await Peer.TroubleNextWriteAsync(PeerTrouble.RateLimits);
        var fault = Demand.Fault(await CallAsync(Peer.Write("limited"), "eff_limited"), FaultKind.RateLimited);
        Demand.That(fault.RetryAfter > TimeSpan.Zero, "Retry-After was not handed on.");
    }

    public async Task A_wrong_request_is_refused_with_every_pointer_and_not_sent()
    {
        var wrong = Peer.WrongWrite();
        var pointers = Connector.CheckOperation(wrong).Select(violation => violation.Pointer).Distinct().ToList();
        Demand.That(pointers.Count == 2 && pointers.TrueForAll(pointer => pointer.StartsWith("/body", StringComparison.Ordinal)), $"The mistakes were named as {string.Join(", ", pointers)}.");
        Demand.Fault(await CallAsync(wrong, "eff_wrong"), FaultKind.Invalid);
        Demand.That(Peer.Applied(wrong) == 0, "A wrong request was sent.");
    }

    public async Task An_unknown_operation_is_invalid()
    {
        var unknown = Peer.Write("x") with { OperationId = "no such operation" };
        Demand.That(Connector.CheckOperation(unknown).Count == 1, "An unknown operation was accepted.");
        Demand.Fault(await CallAsync(unknown, "eff_unknown"), FaultKind.Invalid);
    }

    public async Task A_refused_credential_is_unauthorized_and_stays_secret()
    {
        var secret = Peer.RefuseCredential();
        var fault = Demand.Fault(await CallAsync(Peer.Write("refused"), "eff_refused"), FaultKind.Unauthorized);
        Demand.That(!fault.ToString().Contains(secret, StringComparison.Ordinal), "The fault shows the credential.");
    }

    public async Task A_peer_that_is_not_there_is_unavailable() =>
        Demand.Fault(await Connector.CallOperationAsync(Peer.Write("nowhere"), Fixture.Calls.CreateUnreachable(), CancellationToken.None), FaultKind.Unavailable);

    private ValueTask<ConnectorResult<OperationReply>> CallAsync(OperationCall request, string effect) =>
        Connector.CallOperationAsync(request, Fixture.Calls.Create(effect), CancellationToken.None);

    private async Task<Lookup<OperationReply>> LookUpAsync(OperationCall request, string effect) =>
        Demand.Success(await Connector.LookUpOperationAsync(request, Fixture.Calls.Create(effect), CancellationToken.None));
}
