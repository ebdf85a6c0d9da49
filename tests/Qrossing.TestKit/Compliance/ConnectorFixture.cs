using Qrossing.TestKit.Calls;
using Qrossing.TestKit.Processes;

namespace Qrossing.TestKit.Compliance;

/// <summary>
/// Starts the counterpart of one connector and makes connectors that talk to it. It also implements the fixture interface of each suite
/// (<c>IStoresObjectsFixture</c> and so on). One rule uses one fixture.
/// </summary>
public abstract class ConnectorFixture : IAsyncDisposable
{
    protected ConnectorFixture()
    {
        Folder = new TemporaryFolder("compliance");
        Calls = new DirectCall(Directory.CreateDirectory(Path.Combine(Folder.Path, "instance")).FullName);
    }

    /// <summary>Removed at the end.</summary>
    public TemporaryFolder Folder { get; }

    /// <summary>What calls are made with.</summary>
    public DirectCall Calls { get; }

    /// <summary>Starts the counterpart; called once, first.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>A connector for the started counterpart, configured for this capability.</summary>
    public abstract object CreateConnector(Type capability);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Calls.Dispose();
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Names the kind of connector that a <see cref="ConnectorFixture"/> is for.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConnectorFixtureAttribute(string kind) : Attribute
{
    /// <summary><c>category.name</c>.</summary>
    public string Kind { get; } = kind;
}

/// <summary>What a peer does to the next write in place of answering it properly.</summary>
public enum PeerTrouble
{
    /// <summary>Does it, then drops the connection.</summary>
    AppliesThenCloses,

    /// <summary>Drops the connection and does nothing.</summary>
    Closes,

    /// <summary>Does it, then answers a success that cannot be read.</summary>
    AppliesThenGarbage,

    /// <summary>Answers 503 and does nothing, which its caller cannot know.</summary>
    ServerError,

    /// <summary>Answers 429 with <c>Retry-After</c> and does nothing.</summary>
    RateLimits,
}

/// <summary>A fixture whose peer can be made to misbehave.</summary>
public interface ITroublesPeer
{
    /// <summary>The next write meets this trouble, those after it none.</summary>
    Task TroubleNextWriteAsync(PeerTrouble trouble);
}
