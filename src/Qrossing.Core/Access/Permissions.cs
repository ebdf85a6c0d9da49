namespace Qrossing.Core.Access;

/// <summary>Every permission there is, <c>area:verb</c>. Endpoints declare one; keys are granted them.</summary>
public static class Permissions
{
    public const string ApiKeysRead = "api_keys:read";
    public const string ApiKeysAdmin = "api_keys:admin";
    public const string AuditRead = "audit:read";
    public const string CapabilitiesRead = "capabilities:read";
    public const string ChainsRead = "chains:read";
    public const string ChainsWrite = "chains:write";
    public const string ConnectionsRead = "connections:read";
    public const string ConnectionsAdmin = "connections:admin";
    public const string EffectsRead = "effects:read";
    public const string EffectsWrite = "effects:write";
    public const string EventsRead = "events:read";
    public const string EventsWrite = "events:write";
    public const string MetricsRead = "metrics:read";
    public const string ModulesRead = "modules:read";
    public const string ModulesWrite = "modules:write";
    public const string ObjectsRead = "objects:read";
    public const string ObjectsWrite = "objects:write";
    public const string OperationsRead = "operations:read";
    public const string OperationsWrite = "operations:write";
    public const string SubscriptionsRead = "subscriptions:read";
    public const string SubscriptionsWrite = "subscriptions:write";
    public const string WalletsRead = "wallets:read";
    public const string WalletsAdmin = "wallets:admin";

    /// <summary>All of them, <c>*</c> left out.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        ApiKeysRead, ApiKeysAdmin, AuditRead, CapabilitiesRead, ChainsRead, ChainsWrite, ConnectionsRead, ConnectionsAdmin, EffectsRead, EffectsWrite,
        EventsRead, EventsWrite, MetricsRead, ModulesRead, ModulesWrite, ObjectsRead, ObjectsWrite, OperationsRead, OperationsWrite,
        SubscriptionsRead, SubscriptionsWrite, WalletsRead, WalletsAdmin,
    ];

    /// <summary>Whether a scope can be granted.</summary>
    public static bool IsScope(string scope) => scope is "*" || All.Contains(scope);
}
