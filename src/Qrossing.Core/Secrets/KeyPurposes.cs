namespace Qrossing.Core.Secrets;

/// <summary>What data keys are for.</summary>
public static class KeyPurposes
{
    /// <summary>Secrets of connections and what is prepared before it is sent.</summary>
    public const string Secrets = "secrets";

    /// <summary>Payloads of audit entries.</summary>
    public const string Audit = "audit";

    /// <summary>The seed of the key that signs checkpoints.</summary>
    public const string AuditSigning = "audit-signing";

    /// <summary>The keyed hash of API keys.</summary>
    public const string ApiKeys = "api-keys";

    /// <summary>What every start makes sure of, for the default tenant.</summary>
    public static readonly IReadOnlyList<string> AtStart = [Secrets, Audit, AuditSigning, ApiKeys];

    /// <summary>A key of one data subject: without it, what was sealed for the subject is gone.</summary>
    public static string OfSubject(string subject) => $"subject:{subject}";
}
