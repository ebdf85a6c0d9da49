using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Access;

/// <summary>A key to be made.</summary>
/// <param name="Name">For people, 1 to 100 characters.</param>
/// <param name="Environment"><c>live</c>, <c>test</c> or an operator's own.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">When it ends; null: never.</param>
/// <param name="Client">The client it speaks for; null: a new one.</param>
public sealed record ApiKeyDraft(string Name, string Environment, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt, ClientId? Client);
