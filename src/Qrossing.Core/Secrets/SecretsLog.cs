using Microsoft.Extensions.Logging;

namespace Qrossing.Core.Secrets;

/// <summary>What the key ring logs: facts, past tense. Event ids 2100 to 2199.</summary>
internal static partial class SecretsLog
{
    [LoggerMessage(2100, LogLevel.Warning, "A new root key was made: {Path}. A backup without this file cannot be read; keep a copy apart from the database.")]
    public static partial void RootKeyMade(ILogger logger, string path);

    [LoggerMessage(2101, LogLevel.Information, "The key ring was opened with {Count} data keys.")]
    public static partial void Opened(ILogger logger, int count);
}
