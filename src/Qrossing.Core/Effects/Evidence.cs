using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Effects;

/// <summary>What one call to the peer, or one message from it, shows about an effect.</summary>
public abstract record Evidence
{
    private Evidence()
    {
    }

    /// <summary>The peer's answer as JSON, when it gave one.</summary>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>What names the attempt at the peer (a transaction hash).</summary>
    public string? PeerReference { get; init; }

    /// <summary>The text that attempts and audit entries carry.</summary>
    public abstract string Name { get; }

    /// <summary>The fault behind it; null when there is none.</summary>
    public virtual Fault? Cause => null;

    /// <summary>It is done.</summary>
    public sealed record Done(Finality Finality) : Evidence
    {
        /// <inheritdoc/>
        public override string Name => "done";
    }

    /// <summary>The peer has it and is working.</summary>
    public sealed record InProgress : Evidence
    {
        /// <inheritdoc/>
        public override string Name => "in_progress";
    }

    /// <summary>The peer refused for good: it did not happen and will not.</summary>
    public sealed record DidNotHappen(Fault Fault) : Evidence
    {
        /// <inheritdoc/>
        public override string Name => "did_not_happen";

        /// <inheritdoc/>
        public override Fault? Cause => Fault;
    }

    /// <summary>It did not happen this time and may be tried again.</summary>
    public sealed record NotNow(Fault Fault) : Evidence
    {
        /// <inheritdoc/>
        public override string Name => "not_now";

        /// <inheritdoc/>
        public override Fault? Cause => Fault;
    }

    /// <summary>It may have happened.</summary>
    public sealed record MayHaveHappened(Fault Fault) : Evidence
    {
        /// <inheritdoc/>
        public override string Name => "may_have_happened";

        /// <inheritdoc/>
        public override Fault? Cause => Fault;
    }

    /// <summary>The peer, asked authoritatively, does not know it.</summary>
    public sealed record Absent : Evidence
    {
        /// <inheritdoc/>
        public override string Name => "absent";
    }

    /// <summary>Its natural key was used up by something else.</summary>
    public sealed record Superseded(string By) : Evidence
    {
        /// <inheritdoc/>
        public override string Name => "superseded";

        /// <inheritdoc/>
        public override Fault? Cause => Fault.Of(FaultKind.Rejected, "effects.superseded", By);
    }

    /// <summary>The peer cannot say.</summary>
    public sealed record CannotTell(string Reason) : Evidence
    {
        /// <summary>Whether the peer was reached and answered; false when the question itself failed.</summary>
        public bool Answered { get; init; } = true;

        /// <inheritdoc/>
        public override string Name => "cannot_tell";

        /// <inheritdoc/>
        public override Fault? Cause => Fault.Of(FaultKind.Indeterminate, "effects.cannot_tell", Reason);
    }

    /// <summary>It happened and was wholly taken back.</summary>
    public sealed record TakenBack(string Why) : Evidence
    {
        /// <inheritdoc/>
        public override string Name => "taken_back";

        /// <inheritdoc/>
        public override Fault? Cause => Fault.Of(FaultKind.Rejected, "effects.taken_back", Why);
    }

    /// <summary>The evidence in a fault of a write (effects, Evidence).</summary>
    public static Evidence OfWrite(Fault fault) => fault.Kind switch
    {
        FaultKind.Rejected or FaultKind.Invalid or FaultKind.NotFound => new DidNotHappen(fault),
        FaultKind.RateLimited or FaultKind.Unavailable or FaultKind.Unauthorized => new NotNow(fault),
        _ => new MayHaveHappened(fault),
    };

    /// <summary>The evidence in a fault of a lookup: none, whatever its kind.</summary>
    public static Evidence OfLookup(Fault fault) => new CannotTell(fault.Code) { Answered = false };
}
