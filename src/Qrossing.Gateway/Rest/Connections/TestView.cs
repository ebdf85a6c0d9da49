using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary>What a test of a connection found.</summary>
internal sealed record TestView
{
    /// <summary>Whether the peer answered as it should.</summary>
    public required bool Ok { get; init; }

    /// <summary>How the connection stands after it.</summary>
    public required string State { get; init; }

    /// <summary>What is wrong, as an error code.</summary>
    public string? Because { get; init; }

    /// <summary>The same in words, with what to do about it.</summary>
    public string? Detail { get; init; }

    /// <summary>The peer's name and version as it states them.</summary>
    public string? Peer { get; init; }

    /// <summary>Facts about the peer, for example its block height.</summary>
    public IReadOnlyDictionary<string, string>? Facts { get; init; }

    /// <summary>How long it took.</summary>
    public required long DurationMs { get; init; }

    /// <summary>The view of a test.</summary>
    public static TestView Of(ConnectionTest test, ErrorTable errors) => new()
    {
        Ok = test.Fault is null,
        State = ConnectorView.Snake(test.Connection.State),
        Because = test.Fault?.Code,
        Detail = errors.Find(test.Fault?.Code) is { } error ? $"{error.Title}. {error.Advice}" : null,
        Peer = test.Peer?.Peer,
        Facts = test.Peer?.Facts,
        DurationMs = (long)test.Duration.TotalMilliseconds,
    };
}
