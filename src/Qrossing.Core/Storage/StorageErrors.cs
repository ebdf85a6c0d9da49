using Qrossing.Core.Errors;

namespace Qrossing.Core.Storage;

/// <summary>Errors of object storage.</summary>
public static class StorageErrors
{
    public static readonly ErrorCode NotFound = new("objects.not_found", 404, "No such object", "Check the id, content id or key; objects of other tenants are not visible.");
    public static readonly ErrorCode KeyInvalid = new("objects.key_invalid", 422, "The object key is not valid", "Use 1 to 1,024 characters without control characters and segments '.' or '..' that do not read as an object id or a content id.");
    public static readonly ErrorCode RangeInvalid = new("objects.range_not_satisfiable", 416, "The range lies outside the object", "Ask for a range inside the object's size.");
    public static readonly ErrorCode Corrupt = new("objects.corrupt", 502, "The store returned other bytes than the content id names", "Nothing wrong was handed out. Restore the content from another copy.");
    public static readonly ErrorCode Lost = new("storage.lost", 503, "The gateway's database is not available", "Send the request again with the same idempotency key.", Retryable: true);
    public static readonly ErrorCode NotOwner = new("storage.not_owner", 503, "Another process owns the gateway's database", "This process is stopping; send the request again.", Retryable: true);
}
