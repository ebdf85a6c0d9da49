using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Qrossing.Commands.Demo;

/// <summary>A subscriber as anyone would write it: checks the Standard Webhooks signature, counts what arrives.</summary>
internal sealed class DemoReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _arrivals = new();
    private readonly ConcurrentQueue<DemoArrival> _events = new();
    private byte[]? _secret;

    private DemoReceiver(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Url => $"{_app.Urls.First()}/events";

    /// <summary>Every accepted arrival in order.</summary>
    public IReadOnlyCollection<DemoArrival> Events => _events;

    /// <summary>Arrivals whose signature was wrong.</summary>
    public int Refused { get; private set; }

    /// <summary>How often each <c>webhook-id</c> arrived.</summary>
    public IReadOnlyDictionary<string, int> Arrivals => _arrivals;

    public static async Task<DemoReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new DemoReceiver(app);
        app.MapPost("/events", receiver.ReceiveAsync);
        await app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Takes the secret that the subscription showed once.</summary>
    public void Use(string secret) => _secret = Convert.FromBase64String(secret["whsec_".Length..]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var id = http.Request.Headers["webhook-id"].ToString();
        if (!Verify(id, http.Request.Headers["webhook-timestamp"].ToString(), http.Request.Headers["webhook-signature"].ToString(), buffer.ToArray()))
        {
            Refused++;
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var body = JsonDocument.Parse(buffer.ToArray());
        if (_arrivals.AddOrUpdate(id, 1, static (_, count) => count + 1) == 1)
        {
            var root = body.RootElement;
            _events.Enqueue(new DemoArrival(
                root.GetProperty("type").GetString()!,
                root.GetProperty("id").GetString()!,
                root.TryGetProperty("effectid", out var effect) ? effect.GetString() : null));
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private bool Verify(string id, string timestamp, string signatures, byte[] body)
    {
        if (_secret is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(_secret, [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]));
        return signatures.Split(' ').Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(expected)));
    }
}

/// <summary>An event that arrived.</summary>
internal sealed record DemoArrival(string Type, string Id, string? EffectId);
