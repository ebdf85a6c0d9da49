using System.Globalization;
using System.Text;

namespace Qrossing.Benchmarks.Load;

/// <summary>Writes the requests of one load as bytes, so that the client costs as little as it can.</summary>
/// <param name="BaseUrl">The server.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">Headers beside Host and Content-Length.</param>
/// <param name="Body">The body of the n-th request; null for none.</param>
/// <param name="IsKeyed">Whether each request carries an <c>Idempotency-Key</c> of its own.</param>
internal sealed record HttpTarget(
    Uri BaseUrl, string Method, string Path, IReadOnlyDictionary<string, string> Headers, Func<long, string>? Body = null, bool IsKeyed = false)
{
    private static readonly string Run = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private readonly string _head = string.Concat(
        $"{Method} {Path} HTTP/1.1\r\nHost: {BaseUrl.Authority}\r\n", string.Concat(Headers.Select(static header => $"{header.Key}: {header.Value}\r\n")));

    /// <summary>The bytes of the n-th request.</summary>
    public byte[] Request(long number)
    {
        var text = new StringBuilder(_head);
        if (IsKeyed)
        {
            text.Append(CultureInfo.InvariantCulture, $"Idempotency-Key: bench-{Run}-{number}\r\n");
        }

        var body = Body?.Invoke(number);
        if (body is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}
