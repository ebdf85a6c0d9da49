namespace Qrossing.Core.Audit;

/// <summary>Purposes of keys that audit uses.</summary>
public static class AuditPurposes
{
    /// <summary>Seals payloads that are nobody's data.</summary>
    public const string Payload = "audit";

    /// <summary>The Ed25519 seed that signs checkpoints and receipts; of the tenant <c>default</c>, one per installation.</summary>
    public const string Signing = "audit-signing";

    /// <summary>Seals payloads with data of one subject, so that they can be erased with its key.</summary>
    public static string Subject(string id) => $"subject:{id}";
}
