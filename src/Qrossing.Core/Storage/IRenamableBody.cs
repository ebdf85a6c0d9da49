using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Storage;

/// <summary>A spooled body that is one complete, synced file, so that a connector's directory can take it over by rename.</summary>
internal interface IRenamableBody : ISpooledBody
{
    /// <summary>The file; gone after it was taken over.</summary>
    string Path { get; }
}
