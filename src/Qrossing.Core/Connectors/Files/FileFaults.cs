using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Files;

/// <summary>What an I/O error of the host's own disk means.</summary>
internal static class FileFaults
{
    // On Unix .NET carries errno as HResult; on Windows the low word of ERROR_DISK_FULL.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether the disk or its permissions are to blame.</summary>
    public static bool Cover(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>A fault that did not happen at any peer: full, or broken.</summary>
    public static Fault Of(Exception failure) =>
        Fault.Of(FaultKind.Unavailable, IsFull(failure) ? ConnectorErrors.FilesFull.Code : ConnectorErrors.FilesFailed.Code, failure.Message);

    private static bool IsFull(Exception failure) => failure.HResult is NoSpace or QuotaExceeded or WindowsDiskFull;
}
