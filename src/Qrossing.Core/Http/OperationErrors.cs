using Qrossing.Core.Errors;

namespace Qrossing.Core.Http;

/// <summary>Errors of described operations.</summary>
public static class OperationErrors
{
    public static readonly ErrorCode NotFound = new("operations.not_found", 404, "No such operation", "GET the connection's operations; the id is the document's operationId.");
    public static readonly ErrorCode RequestInvalid = new("operations.request_invalid", 422, "The request does not fit the operation", "Correct every member that 'errors' points at; nothing was sent.");
}
