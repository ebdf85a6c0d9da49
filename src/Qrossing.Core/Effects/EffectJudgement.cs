namespace Qrossing.Core.Effects;

/// <summary>What evidence does to a state: the heart of the ledger. Pure and total; its answer is the same state or an allowed transition.</summary>
public static class EffectJudgement
{
    /// <summary>The state after evidence.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="source">Where the evidence comes from.</param>
    /// <param name="evidence">The evidence.</param>
    /// <param name="absenceCounts">Whether send-by and the absence horizon have passed, so that what the peer does not list is proof.</param>
    /// <param name="mayBeSentAgain">Whether the effect is still wanted and its peer makes a second sending harmless once absence is proven.</param>
    /// <param name="cancelRequested">Whether a caller asked to cancel.</param>
    public static EffectState Judge(EffectState state, EvidenceSource source, Evidence evidence, bool absenceCounts, bool mayBeSentAgain, bool cancelRequested) =>
        state.Phase switch
        {
            // Nothing was sent: nothing the peer says can be about this effect. Only a restored row may have been sent since its backup.
            EffectPhase.Recorded => source == EvidenceSource.Restore && evidence is Evidence.MayHaveHappened ? new EffectState(EffectPhase.Unknown) : state,
            EffectPhase.Sending when source == EvidenceSource.Send => AfterSend(evidence),
            EffectPhase.Sending => InTheDark(state, source, evidence, absenceCounts: false, mayBeSentAgain, cancelRequested),
            EffectPhase.Unknown => InTheDark(state, source, evidence, absenceCounts && source == EvidenceSource.Lookup, mayBeSentAgain, cancelRequested),
            EffectPhase.Accepted => WhileAccepted(state, source, evidence, absenceCounts),
            EffectPhase.Succeeded => AfterSuccess(state, evidence, absenceCounts),
            EffectPhase.Reversed => evidence is Evidence.Done done ? Succeeded(done) : state,
            _ => AfterFailure(state, evidence),
        };

    private static EffectState AfterSend(Evidence evidence) => evidence switch
    {
        Evidence.Done done => Succeeded(done),
        Evidence.InProgress => new EffectState(EffectPhase.Accepted),
        Evidence.DidNotHappen => new EffectState(EffectPhase.Failed),
        Evidence.NotNow => new EffectState(EffectPhase.Recorded),
        _ => new EffectState(EffectPhase.Unknown),
    };

    // While nobody knows, a refusal of a repeat ("nonce too low", "already captured") proves nothing about the first sending.
    private static EffectState InTheDark(EffectState state, EvidenceSource source, Evidence evidence, bool absenceCounts, bool mayBeSentAgain, bool cancelRequested) => evidence switch
    {
        Evidence.Done done => Succeeded(done),
        Evidence.InProgress => new EffectState(EffectPhase.Accepted),
        Evidence.DidNotHappen when source == EvidenceSource.Lookup && state.Phase == EffectPhase.Unknown => new EffectState(EffectPhase.Failed), // the peer knows it, and that it came to nothing
        Evidence.Superseded when absenceCounts => new EffectState(EffectPhase.Failed),
        Evidence.Absent when absenceCounts && cancelRequested => new EffectState(EffectPhase.Canceled),
        Evidence.Absent when absenceCounts => new EffectState(mayBeSentAgain ? EffectPhase.Recorded : EffectPhase.Failed),
        _ => state,
    };

    private static EffectState WhileAccepted(EffectState state, EvidenceSource source, Evidence evidence, bool absenceCounts) => evidence switch
    {
        Evidence.Done done => Succeeded(done),
        Evidence.DidNotHappen when source == EvidenceSource.Lookup => new EffectState(EffectPhase.Failed),
        Evidence.Superseded when absenceCounts => new EffectState(EffectPhase.Failed),
        Evidence.Absent when absenceCounts => new EffectState(EffectPhase.Unknown),
        _ => state,
    };

    private static EffectState AfterSuccess(EffectState state, Evidence evidence, bool absenceCounts) => (state.Finality, evidence) switch
    {
        (_, Evidence.TakenBack) => new EffectState(EffectPhase.Reversed),
        (Finality.Provisional, Evidence.Done { Finality: Finality.Final }) => new EffectState(EffectPhase.Succeeded, Finality.Final),
        (Finality.Provisional, Evidence.InProgress) => new EffectState(EffectPhase.Accepted),
        (Finality.Provisional, Evidence.DidNotHappen) => new EffectState(EffectPhase.Failed),
        (Finality.Provisional, Evidence.Superseded) when absenceCounts => new EffectState(EffectPhase.Failed),
        (Finality.Provisional, Evidence.Absent) when absenceCounts => new EffectState(EffectPhase.Unknown),
        _ => state,
    };

    private static EffectState AfterFailure(EffectState state, Evidence evidence) => evidence switch
    {
        Evidence.Done done => Succeeded(done),
        Evidence.InProgress => new EffectState(EffectPhase.Accepted),
        _ => state,
    };

    private static EffectState Succeeded(Evidence.Done done) => new(EffectPhase.Succeeded, done.Finality);
}
