using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Effects;

namespace Qrossing.Tests.Core.Effects;

/// <summary>The state space is finite, so the properties of the ledger's heart are shown for all of it, not for a sample.</summary>
[Trait("Kind", "unit")]
public sealed class EffectJudgementTests
{
    private static readonly EffectState[] States =
    [
        .. Enum.GetValues<EffectPhase>().Where(phase => phase != EffectPhase.Succeeded).Select(phase => new EffectState(phase)),
        new EffectState(EffectPhase.Succeeded, Finality.Provisional),
        new EffectState(EffectPhase.Succeeded, Finality.Final),
    ];

    private static readonly Fault Refused = Fault.Of(FaultKind.Rejected, "peer.refused");

    private static readonly Evidence[] AllEvidence =
    [
        new Evidence.Done(Finality.Final),
        new Evidence.Done(Finality.Provisional),
        new Evidence.InProgress(),
        new Evidence.DidNotHappen(Refused),
        new Evidence.NotNow(Fault.Of(FaultKind.Unavailable, "peer.unreachable")),
        new Evidence.MayHaveHappened(Fault.Of(FaultKind.Indeterminate, "peer.timeout")),
        new Evidence.Absent(),
        new Evidence.Superseded("0xabc"),
        new Evidence.CannotTell("peer.silent"),
        new Evidence.TakenBack("refund"),
    ];

    [Fact]
    public void Every_judgement_is_the_same_state_or_an_allowed_transition()
    {
        foreach (var point in Everything())
        {
            var after = point.Judge();
            Assert.True(after == point.State || EffectTransitions.Allows(point.State, after), $"{point} -> {after}");
        }
    }

    [Fact]
    public void An_unknown_outcome_is_never_called_failed_without_proof()
    {
        foreach (var point in Everything().Where(point => point.State.Phase == EffectPhase.Unknown && point.Judge().Outcome == EffectOutcome.Failed))
        {
            Assert.True(
                point is { Evidence: Evidence.Superseded or Evidence.Absent, AbsenceCounts: true, Source: EvidenceSource.Lookup } or { Evidence: Evidence.DidNotHappen, Source: EvidenceSource.Lookup },
                point.ToString());
        }
    }

    [Fact]
    public void Only_evidence_that_it_happened_makes_a_success()
    {
        foreach (var point in Everything().Where(point => point.State.Phase != EffectPhase.Succeeded && point.Judge().Phase == EffectPhase.Succeeded))
        {
            Assert.IsType<Evidence.Done>(point.Evidence);
        }
    }

    [Fact]
    public void A_refused_repeat_is_only_evidence()
    {
        foreach (var point in Everything().Where(point =>
            point is { State.Phase: EffectPhase.Unknown, Source: EvidenceSource.Repeat, Evidence: Evidence.DidNotHappen or Evidence.NotNow or Evidence.MayHaveHappened or Evidence.Absent }))
        {
            Assert.Equal(point.State, point.Judge());
        }
    }

    [Fact]
    public void It_is_sent_again_only_after_proven_absence_and_only_where_a_second_sending_is_harmless()
    {
        foreach (var point in Everything().Where(point => point.State.Phase == EffectPhase.Unknown && point.Judge().Phase == EffectPhase.Recorded))
        {
            Assert.True(point is { Evidence: Evidence.Absent, Source: EvidenceSource.Lookup, AbsenceCounts: true, MayBeSentAgain: true, CancelRequested: false }, point.ToString());
        }
    }

    [Fact]
    public void What_was_never_sent_is_not_moved_by_what_a_peer_says()
    {
        foreach (var point in Everything().Where(point => point is { State.Phase: EffectPhase.Recorded, Source: not EvidenceSource.Restore }))
        {
            Assert.Equal(point.State, point.Judge());
        }
    }

    [Fact]
    public void A_recorded_row_is_doubted_only_after_a_restore()
    {
        foreach (var point in Everything().Where(point => point.State.Phase == EffectPhase.Recorded && point.Judge() != point.State))
        {
            Assert.True(point is { Source: EvidenceSource.Restore, Evidence: Evidence.MayHaveHappened } && point.Judge().Phase == EffectPhase.Unknown, point.ToString());
        }
    }

    [Fact]
    public void A_final_success_is_only_left_by_a_reversal()
    {
        foreach (var point in Everything().Where(point => point.State is { Phase: EffectPhase.Succeeded, Finality: Finality.Final }))
        {
            var after = point.Judge();
            Assert.True(after == point.State || after.Phase == EffectPhase.Reversed, point.ToString());
        }
    }

    [Fact]
    public void The_table_allows_exactly_the_listed_transitions()
    {
        var allowed = (from a in States from b in States where EffectTransitions.Allows(a, b) select $"{Name(a)}>{Name(b)}").Order(StringComparer.Ordinal);
        string[] listed =
        [
            "accepted>canceled", "accepted>failed", "accepted>succeeded", "accepted>succeeded(final)", "accepted>unknown",
            "canceled>accepted", "canceled>succeeded", "canceled>succeeded(final)",
            "failed>accepted", "failed>succeeded", "failed>succeeded(final)",
            "recorded>canceled", "recorded>failed", "recorded>sending", "recorded>unknown",
            "reversed>succeeded", "reversed>succeeded(final)",
            "sending>accepted", "sending>failed", "sending>recorded", "sending>succeeded", "sending>succeeded(final)", "sending>unknown",
            "succeeded(final)>reversed",
            "succeeded>accepted", "succeeded>failed", "succeeded>reversed", "succeeded>succeeded(final)", "succeeded>unknown",
            "unknown>accepted", "unknown>canceled", "unknown>failed", "unknown>recorded", "unknown>succeeded", "unknown>succeeded(final)",
        ];
        Assert.Equal(listed.Order(StringComparer.Ordinal), allowed);
    }

    [Fact]
    public void A_malformed_state_has_no_transitions()
    {
        EffectState[] malformed = [new EffectState(EffectPhase.Succeeded), new EffectState(EffectPhase.Failed, Finality.Final), new EffectState((EffectPhase)99)];
        Assert.DoesNotContain(true, from bad in malformed from good in States select EffectTransitions.Allows(bad, good) || EffectTransitions.Allows(good, bad));
    }

    private static string Name(EffectState state) => EffectText.Of(state.Phase) + (state.Finality == Finality.Final ? "(final)" : string.Empty);

    private static IEnumerable<Point> Everything() =>
        from state in States
        from source in Enum.GetValues<EvidenceSource>()
        from evidence in AllEvidence
        from absenceCounts in new[] { false, true }
        from mayBeSentAgain in new[] { false, true }
        from cancelRequested in new[] { false, true }
        select new Point(state, source, evidence, absenceCounts, mayBeSentAgain, cancelRequested);

    private sealed record Point(EffectState State, EvidenceSource Source, Evidence Evidence, bool AbsenceCounts, bool MayBeSentAgain, bool CancelRequested)
    {
        public EffectState Judge() => EffectJudgement.Judge(State, Source, Evidence, AbsenceCounts, MayBeSentAgain, CancelRequested);
    }
}
