namespace Qrossing.TestKit.Network;

/// <summary>Which way bytes travel through a <see cref="TcpFaultProxy"/>.</summary>
public enum TrafficDirection
{
    /// <summary>From the client to the peer: requests.</summary>
    ToPeer,

    /// <summary>From the peer to the client: replies.</summary>
    ToClient,
}
