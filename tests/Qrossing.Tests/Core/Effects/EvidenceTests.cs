using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Chains;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;

namespace Qrossing.Tests.Core.Effects;

/// <summary>Which code evidence leaves behind, and which one a caller is answered with.</summary>
[Trait("Kind", "unit")]
public sealed class EvidenceTests
{
    private static readonly ErrorTable Errors = new(ErrorRegistry.Collect(typeof(ErrorTable).Assembly));

    [Fact]
    public void Evidence_about_the_peer_carries_its_code()
    {
        Assert.Equal("effects.superseded", new Evidence.Superseded("0xother").Cause?.Code);
        Assert.Equal("effects.cannot_tell", Evidence.OfLookup(Fault.Of(FaultKind.Unavailable, "peer.unreachable")).Cause?.Code);
        Assert.Equal("effects.taken_back", new Evidence.TakenBack("refunded").Cause?.Code);
    }

    [Theory]
    [InlineData(EffectPhase.Canceled, null, 409, "effects.canceled")]
    [InlineData(EffectPhase.Reversed, null, 409, "effects.reversed")]
    [InlineData(EffectPhase.Failed, "effects.superseded", 409, "effects.superseded")]
    [InlineData(EffectPhase.Failed, "effects.expired", 504, "effects.expired")]
    [InlineData(EffectPhase.Failed, "a.connectors.own", 502, "effects.failed")]
    [InlineData(EffectPhase.Succeeded, null, 500, "effects.kind_unknown")]
    public void Final_answer_names_what_became_of_it(EffectPhase phase, string? reason, int status, string code)
    {
        // No operation is installed: what this build cannot answer for, it does not call a success.
        var journal = new EffectJournal(store: null!, new EffectCatalog([]), source: null!, ids: null!, Errors, telemetry: null!);
        var answer = journal.AnswerOf(EffectOf(new EffectState(phase, phase == EffectPhase.Succeeded ? Finality.Final : null), reason));

        Assert.Equal(status, answer.Status);
        Assert.Equal(code, JsonElement.Parse(answer.Body.Span).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Transaction_that_was_signed_after_the_backup_cannot_be_told_by_its_lookup()
    {
        // Without the prepared bytes there is no hash and no nonce to ask for: nothing below is called.
        var operation = new TransactionOperation(invoker: null!, store: null!, writer: null!, wallets: null!);
        var evidence = await operation.LookUpAsync(EffectOf(new EffectState(EffectPhase.Unknown), reason: null), TestContext.Current.CancellationToken);
        Assert.Equal("chains.not_prepared", Assert.IsType<Evidence.CannotTell>(evidence).Reason);
    }

    private static Effect EffectOf(EffectState state, string? reason)
    {
        var id = new IdGenerator(TimeProvider.System).New<EffectId>();
        return new Effect
        {
            Tenant = TenantId.Default,
            Id = id,
            Kind = "test.write",
            Connection = "peer",
            Client = "cli_test",
            State = state,
            Request = "{}"u8.ToArray(),
            RequestDigest = new string('0', 64),
            PartitionKey = id.Text,
            Reason = reason,
            ExpiresAt = DateTimeOffset.UnixEpoch,
            Version = 1,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
    }
}
