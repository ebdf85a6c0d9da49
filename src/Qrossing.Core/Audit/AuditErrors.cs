using Qrossing.Core.Errors;

namespace Qrossing.Core.Audit;

/// <summary>Errors of audit log and receipts.</summary>
public static class AuditErrors
{
    /// <summary>No entry of this number that the caller may see.</summary>
    public static readonly ErrorCode EntryNotFound = new(
        "audit.not_found", 404, "No such audit entry", "Check the number; list yours with GET /v1/audit.");

    /// <summary>The entry is stored and not yet in the tree.</summary>
    public static readonly ErrorCode NotIntegrated = new(
        "audit.not_integrated", 503, "Not in the transparency log yet", "Ask again in a second.", Retryable: true);

    /// <summary>No effect of this id.</summary>
    public static readonly ErrorCode EffectNotFound = new(
        "receipts.not_found", 404, "No such effect", "Check the id; list yours with GET /v1/effects.");
}
