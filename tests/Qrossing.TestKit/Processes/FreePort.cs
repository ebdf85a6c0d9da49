using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Qrossing.TestKit.Processes;

/// <summary>Picks TCP ports for servers that cannot bind port 0 themselves, or that must come back on the same port.</summary>
public static class FreePort
{
    // Below the kernel's range for outgoing connections (32768 and up), so that no client socket takes the port between the
    // check here and the server's bind.
    private const int Lowest = 20_000;
    private const int Highest = 32_000;

    /// <summary>A port on 127.0.0.1 nobody listens on now.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody has it: draw again.
            }
        }
    }
}
