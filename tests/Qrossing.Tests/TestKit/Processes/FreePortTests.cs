using System.Net;
using System.Net.Sockets;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.TestKit.Processes;

[Trait("Kind", "unit")]
public sealed class FreePortTests
{
    [Fact]
    public void Port_can_be_bound_and_is_outside_the_range_of_client_sockets()
    {
        var port = FreePort.Next();

        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Assert.InRange(port, 1024, 32767);
    }
}
