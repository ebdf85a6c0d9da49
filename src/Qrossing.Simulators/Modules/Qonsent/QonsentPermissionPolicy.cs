using System.Globalization;
using System.Text.Json;

namespace Qrossing.Simulators.Modules.Qonsent;

/// <summary>
/// Who may do what: (1) an unexpired grant that names the action, (2) an active, unexpired policy one of whose rules fits, (3) no. In rules admin
/// includes every action and write and share include read; in grants nothing is included. <c>maxUses</c> is kept and shown but, as in the module, not counted.
/// </summary>
internal sealed class QonsentPermissionPolicy(QonsentStore store)
{
    public QonsentVerdict Check(string resource, string identity, string action, string? clientIp, DateTimeOffset now)
    {
        if (store.FindGrant(resource, identity) is { } grant && grant.Permissions.Contains(action) && !(grant.ExpiresAt <= now) && ConditionsHold(grant.Conditions, clientIp, now))
        {
            return new QonsentVerdict(true, "A grant allows this.", "database")
            {
                PolicyId = grant.GrantId,
                PolicyName = "Direct Grant",
                PolicyType = "direct",
                ExpiresAt = grant.ExpiresAt,
                Conditions = grant.Conditions,
            };
        }

        foreach (var policy in store.Policies.Where(policy => policy.Active && !(policy.ExpiresAt <= now)))
        {
            if (policy.Rules.FirstOrDefault(rule => Fits(rule, resource, identity, action) && ConditionsHold(rule.Conditions, clientIp, now)) is { } rule)
            {
                return new QonsentVerdict(true, "A policy allows this.", "policy-engine")
                {
                    PolicyId = policy.Id,
                    PolicyName = policy.Name,
                    PolicyType = policy.Scope,
                    ExpiresAt = policy.ExpiresAt,
                    Conditions = rule.Conditions,
                };
            }
        }

        return QonsentVerdict.Denied;
    }

    private static bool Fits(QonsentRule rule, string resource, string identity, string action) =>
        Like(identity, rule.Audience) && Like(resource, rule.Resource) && rule.Actions.Any(allowed => allowed switch
        {
            "*" or "admin" => true,
            "write" or "share" => action == allowed || action == "read",
            _ => action == allowed,
        });

    /// <summary>Whether <paramref name="text"/> fits a pattern in which <c>*</c> stands for anything.</summary>
    private static bool Like(string text, string pattern)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return text == pattern;
        }

        if (!text.StartsWith(parts[0], StringComparison.Ordinal) || !text.AsSpan(parts[0].Length).EndsWith(parts[^1]))
        {
            return false;
        }

        // What lies between the first and the last part must have the middle parts in their order.
        var rest = text.AsSpan(parts[0].Length, text.Length - parts[0].Length - parts[^1].Length);
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var at = rest.IndexOf(part);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + part.Length)..];
        }

        return true;
    }

    private static bool ConditionsHold(JsonElement? conditions, string? clientIp, DateTimeOffset now)
    {
        if (conditions is null)
        {
            return true;
        }

        var given = new BodyCheck(conditions.Value);
        return given.Strings("ipRestrictions")?.Contains(clientIp) is not false
            && (given.Inside("timeWindow") is not { } window || WindowHolds(window, TimeOnly.FromDateTime(now.UtcDateTime)));
    }

    private static bool WindowHolds(BodyCheck window, TimeOnly now) =>
        now >= TimeOnly.Parse(window.String("start")!, CultureInfo.InvariantCulture) && now <= TimeOnly.Parse(window.String("end")!, CultureInfo.InvariantCulture);
}
