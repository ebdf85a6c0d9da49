using System.Text;

namespace Qrossing.TestKit.Network;

/// <summary>One request as its bytes arrived at a <see cref="RawHttpPeer"/>.</summary>
/// <param name="Head">Request line and headers, Latin-1, with the empty line.</param>
/// <param name="Body">The body as it was framed: of a chunked one with its chunk lines.</param>
public sealed record RawRequest(string Head, byte[] Body)
{
    /// <summary>The method.</summary>
    public string Method => Head[..Head.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>The request target, exactly as sent.</summary>
    public string Target => Head.Split(' ', 3)[1];

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Every value of a header, in order.</summary>
    public IReadOnlyList<string> Header(string name) =>
        [.. Head.Split("\r\n").Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())];
}
