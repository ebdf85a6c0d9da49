namespace Qrossing.Tests.Core.Connectors;

internal enum PeerMode
{
    ReadOnly,
    ReadWrite,
}
