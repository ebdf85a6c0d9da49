using System.Text;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Secrets;

/// <summary>Opens the secrets of one connection.</summary>
/// <param name="ring">The key ring.</param>
/// <param name="places">Which variables and files may be named.</param>
/// <param name="tenant">The owner.</param>
/// <param name="context">What envelopes are bound to.</param>
internal sealed class SecretReader(KeyRing ring, SecretPlaces places, TenantId tenant, string context) : IConnectorSecrets
{
    private const int MaxBytes = 64 * 1024;
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

    private ConnectorResult<string> Variable(string name)
    {
        if (places.RefusalOfVariable(name) is { } refused)
        {
            return Unreadable(refused);
        }

        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : Unreadable($"{SecretText.Variable}{name} is not set.");
    }

    private async ValueTask<ConnectorResult<string>> FileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (places.RefusalOfFile(path, out var target) is { } refused)
            {
                return Unreadable(refused);
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

    private static Fault Unreadable(string why) => Fault.Of(FaultKind.Unavailable, SecretErrors.Unreadable.Code, why);
}
