using System.ComponentModel.DataAnnotations;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>The read by which a write is found again. The expressions are described in the README.</summary>
internal sealed record OperationLookupOptions
{
    /// <summary>A GET operation of the document. Required.</summary>
    [Required]
    public required string OperationId { get; init; }

    /// <summary>Its parameters by name: a pointer into the write (<c>/body/reference</c>, <c>/parameters/id</c>, <c>/idempotencyKey</c>) or a JSON value.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>When a success means that the write is there, for example <c>/reply/orders/0</c> or <c>/reply/reference == /body/reference</c>; otherwise it is absent. A reply without the member that is pointed at (other than an entry of a shorter list) says nothing. Default: every success means that it is there.</summary>
    public string? Found { get; init; }

    /// <summary>Statuses by which the API's documentation says that the write is not there, such as 404. Default none: a 404 may as well come from a wrong path or something in front of the API.</summary>
    public IReadOnlyList<int> AbsentOn { get; init; } = [];
}
