using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;

namespace Qrossing.TestKit.Compliance;

/// <summary>What <see cref="DeliversToModuleCompliance"/> needs of a module.</summary>
public interface IDeliversToModuleFixture : ITroublesPeer
{
    /// <summary>How often a record was really written under the key.</summary>
    Task<int> AppliedAsync(string key);
}

/// <summary>Rules for <see cref="IDeliversToModule"/>.</summary>
public sealed class DeliversToModuleCompliance(ConnectorFixture fixture) : ComplianceSuite<IDeliversToModule, IDeliversToModuleFixture>(fixture)
{
    private const string FirstCid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
    private const string OtherCid = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

    public async Task What_is_put_is_found()
    {
        var put = Demand.Success(await PutAsync(Record("object/one")));
        Demand.That(put is { Key: "object/one", Version: >= 1 }, $"The receipt {put} does not name the record.");
        Demand.That(await LookUpAsync(Record("object/one")) is Lookup<IndexReceipt>.Found { Result: var found } && found == put, "The lookup answers another receipt.");
        Demand.That(await Peer.AppliedAsync("object/one") == 1, "The record was not written exactly once.");
    }

    public async Task What_was_never_put_is_absent() =>
        Demand.That(await LookUpAsync(Record("object/never")) is Lookup<IndexReceipt>.DefinitelyAbsent, "A record that was never put is not absent.");

    public async Task Applied_with_a_lost_reply_is_unknown_and_then_found()
    {
        foreach (var (index, trouble) in new[] { PeerTrouble.AppliesThenCloses, PeerTrouble.AppliesThenGarbage }.Index())
        {
            var record = Record($"object/lost-{index}");
            await Peer.TroubleNextWriteAsync(trouble);
            Demand.Fault(await PutAsync(record), FaultKind.Indeterminate);
            Demand.That(await LookUpAsync(record) is Lookup<IndexReceipt>.Found, $"After {trouble} the record is not found.");
            Demand.That(await Peer.AppliedAsync(record.Key) == 1, "The record was not written exactly once.");
        }
    }

    public async Task Not_applied_with_a_lost_reply_is_unknown_and_then_absent()
    {
        foreach (var (index, trouble) in new[] { PeerTrouble.Closes, PeerTrouble.ServerError }.Index())
        {
            var record = Record($"object/unheard-{index}");
            await Peer.TroubleNextWriteAsync(trouble);
            Demand.Fault(await PutAsync(record), FaultKind.Indeterminate);
            Demand.That(await LookUpAsync(record) is Lookup<IndexReceipt>.DefinitelyAbsent, $"After {trouble} the record is not absent.");
        }
    }

    public async Task A_rate_limit_did_not_happen_and_says_when_to_come_back()
    {
        await Peer.TroubleNextWriteAsync(PeerTrouble.RateLimits);
        var fault = Demand.Fault(await PutAsync(Record("object/limited")), FaultKind.RateLimited);
        Demand.That(fault.RetryAfter > TimeSpan.Zero, "Retry-After was not handed on.");
    }

    public async Task A_key_with_another_value_is_superseded()
    {
        var record = Record("object/taken");
        Demand.Success(await PutAsync(record with { Cid = OtherCid }));
        Demand.That(await LookUpAsync(record) is Lookup<IndexReceipt>.Superseded, "A key that holds something else is not superseded.");
    }

    public async Task A_record_that_was_written_over_is_still_found()
    {
        var record = Record("object/overwritten");
        var put = Demand.Success(await PutAsync(record));
        Demand.Success(await PutAsync(record with { Cid = OtherCid }));
        Demand.That(await LookUpAsync(record) is Lookup<IndexReceipt>.Found { Result: var found } && found == put, "A write that happened is denied.");
    }

    public async Task A_peer_that_is_not_there_is_unavailable() =>
        Demand.Fault(await Connector.PutIndexRecordAsync(Record("object/nowhere"), Fixture.Calls.CreateUnreachable(), CancellationToken.None), FaultKind.Unavailable);

    private static IndexRecord Record(string key) => new() { Key = key, Cid = FirstCid, ContentType = "text/plain", Size = 11, Tags = ["qrossing"] };

    private ValueTask<ConnectorResult<IndexReceipt>> PutAsync(IndexRecord record) =>
        Connector.PutIndexRecordAsync(record, Fixture.Calls.Create(), CancellationToken.None);

    private async Task<Lookup<IndexReceipt>> LookUpAsync(IndexRecord record) =>
        Demand.Success(await Connector.LookUpIndexRecordAsync(record, Fixture.Calls.Create(), CancellationToken.None));
}
