namespace Qrossing.TestKit.Network;

/// <summary>How a <see cref="WebhookReceiver"/> answers one delivery.</summary>
/// <param name="Status">HTTP status.</param>
public sealed record WebhookAnswer(int Status = 204)
{
    /// <summary>Further response headers, for example <c>Retry-After</c> or <c>Location</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Response body. Default: none.</summary>
    public string Body { get; init; } = "";

    /// <summary>What happens in place of an answer, after the delivery was recorded.</summary>
    public WebhookFault Fault { get; init; }
}
