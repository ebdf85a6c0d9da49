namespace Qrossing.Core.Effects;

/// <summary>Whether a success can still be undone by the world.</summary>
public enum Finality
{
    /// <summary>A reorg or an authorisation's expiry can still undo it.</summary>
    Provisional,

    /// <summary>Done for good, short of a refund, dispute or deep reorg.</summary>
    Final,
}
