namespace Qrossing.Abstractions.Values;

/// <summary>Names the tenant that owns a row; every key of a caller's data starts with it.</summary>
/// <param name="Text">1 to 64 characters of <c>[a-z0-9-]</c>.</param>
public readonly record struct TenantId(string Text)
{
    /// <summary>The one tenant of an installation that has not made any other.</summary>
    public static readonly TenantId Default = new("default");

    /// <inheritdoc/>
    public override string ToString() => Text;
}
