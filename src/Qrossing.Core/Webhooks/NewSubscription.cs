namespace Qrossing.Core.Webhooks;

/// <summary>A subscription to be made.</summary>
/// <param name="Url">Absolute HTTPS URL without user name or fragment, at most 2,048 characters; plain HTTP where the operator allows the host.</param>
/// <param name="Types">1 to 50 patterns: exact, <c>x.*</c> or <c>*</c>.</param>
/// <param name="From"><c>now</c> (default, also null), <c>beginning</c>, or a position: events after it are sent.</param>
public sealed record NewSubscription(string? Url, IReadOnlyList<string>? Types, string? From = null);
