using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Storage;

/// <summary>A spooled body that lies in a file of this machine, so that a store on the same file system can take it over by rename.</summary>
public interface IRenamableBody : ISpooledBody
{
    /// <summary>The file.</summary>
    string Path { get; }
}
