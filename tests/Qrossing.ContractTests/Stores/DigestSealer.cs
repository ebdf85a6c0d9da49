using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qrossing.Core.Audit;

namespace Qrossing.ContractTests.Stores;

/// <summary>A sealer that commits to the payload by its hash and stores the payload as it is. Refuses a draft whose action is <c>test.unsealable</c>.</summary>
public sealed class DigestSealer : IAuditSealer
{
    public (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Sealed) Seal(AuditDraft draft, long position, DateTimeOffset time)
    {
        if (draft.Action == "test.unsealable")
        {
            throw new CryptographicException("This draft does not seal.");
        }

        var payload = Encoding.UTF8.GetBytes(draft.Payload.ToJsonString());
        var entry = JsonSerializer.SerializeToUtf8Bytes(new { draft.Action, position, time, payloadHash = Convert.ToHexStringLower(SHA256.HashData(payload)) });
        return (entry, payload);
    }
}
