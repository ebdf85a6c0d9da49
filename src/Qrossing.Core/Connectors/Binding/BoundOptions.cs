using Qrossing.Core.Errors;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>Options as read: the record, or everything that is wrong with them.</summary>
/// <param name="Options">The record; null exactly when there are errors.</param>
/// <param name="Errors">All errors at once.</param>
internal sealed record BoundOptions(object? Options, IReadOnlyList<FieldError> Errors);
