using System.Text;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Secrets;

/// <summary>
/// Opens the secrets of one connection. The gateway's own (variables that begin with <c>QROSSING</c>, files in its data directory, the
/// kernel's views of its memory and environment) are not given out: whoever may configure a connection would learn the root key.
/// </summary>
/// <param name="ring">The key ring.</param>
/// <param name="dataDirectory">The gateway's data directory.</param>
/// <param name="tenant">The owner.</param>
/// <param name="context">What envelopes are bound to.</param>
internal sealed class SecretReader(KeyRing ring, string dataDirectory, TenantId tenant, string context) : IConnectorSecrets
{
    private const int MaxBytes = 64 * 1024;
    private const string OwnVariables = "QROSSING";
    private static readonly string[] KernelFolders = ["/proc", "/sys", "/dev"];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What a connection's envelopes are bound to.</summary>
    public static string ContextOf(string connection) => $"connection:{connection}";

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<string>> ReadAsync(SecretRef secret, CancellationToken cancellationToken)
    {
        var text = secret.Text;
        if (text.StartsWith(SecretText.Variable, StringComparison.Ordinal))
        {
            return Variable(text[SecretText.Variable.Length..]);
        }

        if (text.StartsWith(SecretText.File, StringComparison.Ordinal))
        {
            return await FileAsync(text[SecretText.File.Length..], cancellationToken);
        }

        if (!SecretText.IsSealed(text))
        {
            return Unreadable("The secret is neither env:, file: nor sealed.");
        }

        var key = await ring.KeyAsync(tenant, KeyPurposes.Secrets, cancellationToken);
        return key.TryOpenText(text, context, out var plain)
            ? Encoding.UTF8.GetString(plain)
            : Unreadable("The sealed secret does not open: it belongs to another connection or key ring.");
    }

    private static ConnectorResult<string> Variable(string name)
    {
        if (name.StartsWith(OwnVariables, StringComparison.OrdinalIgnoreCase))
        {
            return Unreadable($"{SecretText.Variable}{name} belongs to the gateway itself.");
        }

        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : Unreadable($"{SecretText.Variable}{name} is not set.");
    }

    private async ValueTask<ConnectorResult<string>> FileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var target = Target(path);
            if (IsBelow(target, dataDirectory) || KernelFolders.Any(folder => IsBelow(target, folder)))
            {
                return Unreadable($"{SecretText.File}{path} belongs to the gateway itself.");
            }

            if (new FileInfo(target).Length > MaxBytes)
            {
                return Unreadable($"{SecretText.File}{path} is larger than {MaxBytes} bytes.");
            }

            var text = StrictUtf8.GetString(await File.ReadAllBytesAsync(target, cancellationToken));
            var trimmed = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
            return trimmed.Length > 0 ? trimmed : Unreadable($"{SecretText.File}{path} is empty.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Unreadable($"{SecretText.File}{path} cannot be read.");
        }
        catch (DecoderFallbackException)
        {
            return Unreadable($"{SecretText.File}{path} is not UTF-8 text.");
        }
    }

    // Links count as what they lead to, the last one and those on the way.
    private static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null)
        {
            return full;
        }

        full = Path.Combine(Target(folder), Path.GetFileName(full));
        var info = new FileInfo(full);
        return info.LinkTarget is null ? full : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(Target(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static Fault Unreadable(string why) => Fault.Of(FaultKind.Unavailable, SecretErrors.Unreadable.Code, why);
}
