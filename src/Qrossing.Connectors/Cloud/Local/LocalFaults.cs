using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Cloud.Local;

/// <summary>The faults of the store; the table is in the README.</summary>
internal static class LocalFaults
{
    public static readonly Fault CidInvalid = Fault.Of(FaultKind.Invalid, "objects.cid_invalid");

    public static readonly Fault CidMismatch = Fault.Of(FaultKind.Invalid, "objects.cid_mismatch");

    public static readonly Fault NotFound = Fault.Of(FaultKind.NotFound, "objects.not_found");

    public static readonly Fault RangeInvalid = Fault.Of(FaultKind.Invalid, "objects.range_invalid");

    /// <summary>What lies on disk is not what its name says, and nothing is at hand to replace it.</summary>
    public static readonly Fault Corrupt = Fault.Of(FaultKind.Rejected, "objects.corrupt");

    /// <summary>Neither the content nor the spooled body is there: a body that nobody keeps cannot be stored.</summary>
    public static readonly Fault BodyGone = Fault.Of(FaultKind.Rejected, "objects.body_gone");

    /// <summary>What the host refused has its reason with it; anything else is the disk.</summary>
    public static Fault Of(IOException failure) =>
        failure is PeerNotCalledException refusal ? refusal.Fault : Fault.Of(FaultKind.Unavailable, "storage.io", failure.Message);
}
