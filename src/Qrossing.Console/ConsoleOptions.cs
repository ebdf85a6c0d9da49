namespace Qrossing.Console;

/// <summary>Where the console finds its gateway and keeps its keys.</summary>
public sealed record ConsoleOptions
{
    /// <summary>The gateway's own base URL as reached from this process, on loopback. Asked for at the first request, when the listeners are known.</summary>
    public required Func<IServiceProvider, Uri> BaseUrl { get; init; }

    /// <summary>Directory of the keys that encrypt session cookies; made when it is missing. Deleting it signs everybody out.</summary>
    public required string KeyDirectory { get; init; }

    /// <summary>How long a session lasts. Default 8 hours.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(8);
}
