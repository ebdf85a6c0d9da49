namespace Qrossing.TestKit.Network;

/// <summary>What a <see cref="TcpFaultProxy"/> does to the connections through it. Byte counts are per connection.</summary>
public abstract record TcpFault
{
    private TcpFault()
    {
    }

    /// <summary>Passes everything.</summary>
    public sealed record None : TcpFault;

    /// <summary>Each piece of data arrives later by this much, in both directions.</summary>
    public sealed record Latency(TimeSpan Delay) : TcpFault;

    /// <summary>Data trickles in both directions: so many bytes, then a pause.</summary>
    public sealed record Drip(int Bytes, TimeSpan Pause) : TcpFault;

    /// <summary>Nothing moves, nothing closes: back pressure builds up on both sides. Switching away lets what waited pass.</summary>
    public sealed record Stall : TcpFault;

    /// <summary>The other side has vanished without a word: what is sent is taken and lost, and no end is announced to anybody.</summary>
    public sealed record HalfOpen : TcpFault;

    /// <summary>Open connections and new ones are reset (RST) at once.</summary>
    public sealed record Reset : TcpFault;

    /// <summary>Passes exactly so many bytes in one direction, all of which arrive, then closes both sides: a truncated message.</summary>
    public sealed record CutAfter(TrafficDirection Direction, long Bytes) : TcpFault;

    /// <summary>
    /// The peer gets the whole request and answers, and the client never sees it: once so many request bytes have passed, the
    /// first reply byte resets the client. The case in which a write was applied and its caller cannot know.
    /// </summary>
    public sealed record DropReply(long AfterRequestBytes = 1) : TcpFault;
}
