using System.Text.Json;
using Qrossing.Core.Errors;
using Qrossing.Formats.Json;

namespace Qrossing.Core.Modules;

/// <summary>
/// A module's error reply as it is answered, with an idempotency key and without: <c>modules.rejected</c> with the module's own status; <c>moduleCode</c>
/// is the code in its envelope, <c>moduleReply</c> its reply where that is JSON. It is the caller's own exchange with the module: nothing of it is hidden.
/// </summary>
public static class ModuleRefusal
{
    /// <summary>A longer reply is left out: 64 KiB.</summary>
    public const int MaxReply = 64 * 1024;

    /// <summary>The refusal.</summary>
    /// <param name="status">The module's status, an error.</param>
    /// <param name="body">What it sent with it; empty for nothing that is to be shown.</param>
    public static Refusal Of(int status, ReadOnlyMemory<byte> body) => new(ModuleErrors.Rejected with { Status = status }, $"The module answered {status}.")
    {
        Extensions = Extensions(body),
    };

    private static Dictionary<string, JsonElement> Extensions(ReadOnlyMemory<byte> body)
    {
        var extensions = new Dictionary<string, JsonElement>();
        if (body.Length > MaxReply || !StrictJson.TryParse(body, out var document, out _))
        {
            return extensions;
        }

        using (document)
        {
            var json = document.RootElement.Clone();

            // Two envelopes are in use: {status, code, message} and {success, error: {code} | "CODE"}.
            if (json.ValueKind == JsonValueKind.Object)
            {
                var holder = json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error : json;
                if (holder.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String)
                {
                    extensions["moduleCode"] = code;
                }
            }

            extensions["moduleReply"] = json;
        }

        return extensions;
    }
}
