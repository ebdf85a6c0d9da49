namespace Qrossing.Gateway;

/// <summary>The section <c>Gateway:Cors</c>. Read once at start.</summary>
public sealed record CorsOptions
{
    /// <summary>Origins whose pages may call the API, for example <c>https://app.example.org</c>; no wildcard. Default none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}
