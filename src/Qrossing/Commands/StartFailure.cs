using System.Data.Common;
using System.Net.Sockets;
using Qrossing.Composition;
using Qrossing.Core.Access;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;

namespace Qrossing.Commands;

/// <summary>What stops a verb, as a sentence for the person at the terminal and an exit code. What is not listed is a bug and shows its stack.</summary>
internal static class StartFailure
{
    /// <summary>The lines to print and the exit code; null for a bug.</summary>
    public static (int ExitCode, IReadOnlyList<string> Lines)? Of(Exception failure) => failure switch
    {
        ConfigurationException wrong => (CommandRunner.Usage, ["The configuration is not valid:", .. wrong.Failures.Select(static line => $"  {line}")]),
        KeyRingException or AdministratorKeyException => (CommandRunner.Usage, [failure.Message]),
        UriFormatException wrong => (CommandRunner.Usage, [wrong.Message]),
        StorageUnavailableException or CommandFailedException => (CommandRunner.Failed, [failure.Message]),
        OperationCanceledException => (CommandRunner.Failed, ["Stopped before it was done."]),
        DbException refused => (CommandRunner.Failed, [$"The database cannot be used: {refused.Message}"]),
        IOException or UnauthorizedAccessException or SocketException or HttpRequestException => (CommandRunner.Failed, [failure.Message]),
        _ => null,
    };
}
