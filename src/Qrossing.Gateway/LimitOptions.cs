using System.ComponentModel.DataAnnotations;

namespace Qrossing.Gateway;

/// <summary>The section <c>Gateway:Limits</c>. Read once at start.</summary>
public sealed record LimitOptions
{
    /// <summary>Connections at the same time; further ones are closed at once. Default 10,000; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>How long the headers of a request may take. Default 10 s, 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an idle connection is kept. Default 130 s, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>All headers of a request together. Default 32 KiB, 1 KiB to 1 MiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxHeadersBytes { get; init; } = 32 * 1024;

    /// <summary>The first line of a request. Default 8 KiB, 1 KiB to 64 KiB; at most <see cref="MaxHeadersBytes"/>.</summary>
    [Range(1024, 64 * 1024)]
    public int MaxRequestLineBytes { get; init; } = 8 * 1024;

    /// <summary>Slowest body, in bytes a second, after five seconds of grace. Default 240; 1 to 1 MiB.</summary>
    [Range(1, 1024 * 1024)]
    public int MinBodyBytesPerSecond { get; init; } = 240;
}
