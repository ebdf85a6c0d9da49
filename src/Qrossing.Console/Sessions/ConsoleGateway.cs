using Qrossing.Sdk;

namespace Qrossing.Console.Sessions;

/// <summary>The console's only way to the gateway: its HTTP API, with an operator's key.</summary>
internal sealed class ConsoleGateway(ConsoleOptions options, IServiceProvider services) : IDisposable
{
    // A page must not hang on a gateway that does not answer.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    private readonly Lazy<HttpClient> _http = new(() => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    })
    {
        BaseAddress = options.BaseUrl(services),
        Timeout = LongestAnswer,
    });

    public QrossingClient For(string apiKey) => new(_http.Value, apiKey);

    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }
}
