using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Qrossing.EndToEndTests.Http;

/// <summary>Bytes as no HTTP client would send them.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request (Latin-1) and reads the answer until the server closes: status, then everything.</summary>
    public static async Task<(int Status, string Text)> SendAsync(Uri server, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        var text = await ReadAsync(stream, cancellationToken);
        return (int.Parse(text.Split(' ', 3)[1], CultureInfo.InvariantCulture), text);
    }

    // A server that does not want the rest of a request may reset the connection after its answer.
    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException) when (text.Length > 0)
        {
        }

        return text.ToString();
    }
}
