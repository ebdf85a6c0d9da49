using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Qrossing.TestKit.Network;

namespace Qrossing.Tests.TestKit.Network;

[Trait("Kind", "unit")]
public sealed class WebhookReceiverTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The example of the Standard Webhooks reference libraries: a known secret, message and signature.
    [Theory]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, SignatureVerdict.Valid)]
    [InlineData("v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, SignatureVerdict.Valid)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=", 0, SignatureVerdict.Wrong)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, SignatureVerdict.Wrong)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 301, SignatureVerdict.Expired)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", -301, SignatureVerdict.Expired)]
    public void Signature_check_accepts_only_what_the_secret_signed_just_now(string signature, int ageSeconds, SignatureVerdict expected)
    {
        const long Timestamp = 1614265330;
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
            ["webhook-timestamp"] = Timestamp.ToString(CultureInfo.InvariantCulture),
            ["webhook-signature"] = signature,
        };

        var verdict = StandardWebhook.Check(Secret, headers, "{\"test\": 2432232314}"u8, DateTimeOffset.FromUnixTimeSeconds(Timestamp + ageSeconds));

        Assert.Equal(expected, verdict);
    }

    [Fact]
    public async Task Receiver_records_the_raw_body_and_judges_the_signature()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        receiver.Secret = Secret;
        using var http = new HttpClient();
        byte[] body = [0x7b, 0x00, 0xff, 0x7d];

        using var signed = Delivery(receiver.Url, body, StandardWebhook.Sign(Secret, "msg_1", "1700000000", body));
        using var unsigned = Delivery(receiver.Url, body, signature: null);
        using var first = await http.SendAsync(signed, Cancel);
        using var second = await http.SendAsync(unsigned, Cancel);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        var received = await receiver.WaitForAsync(2, Cancel);
        Assert.Equal(body, received[0].Body);
        Assert.Equal("msg_1", received[0].WebhookId);
        Assert.Equal([SignatureVerdict.Valid, SignatureVerdict.Malformed], received.Select(webhook => webhook.Signature));
    }

    [Fact]
    public async Task Receiver_answers_as_queued_and_then_as_always()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerNext(
            new WebhookAnswer(503) { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } },
            new WebhookAnswer { Fault = WebhookFault.Close });
        using var http = new HttpClient();

        using var refused = await http.PostAsync(receiver.Url, new ByteArrayContent([1]), Cancel);
        Assert.Equal(TimeSpan.FromSeconds(7), refused.Headers.RetryAfter?.Delta);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(receiver.Url, new ByteArrayContent([2]), Cancel));
        using var accepted = await http.PostAsync(receiver.Url, new ByteArrayContent([3]), Cancel);

        Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        Assert.Equal([1, 2, 3], receiver.Received.Select(webhook => webhook.Number));
    }

    [Fact]
    public async Task Silent_receiver_has_recorded_the_delivery_its_sender_gave_up()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => new WebhookAnswer { Fault = WebhookFault.Silence };
        using var http = new HttpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var sending = http.PostAsync(receiver.Url, new ByteArrayContent([1]), patience.Token);
        await receiver.WaitForAsync(1, Cancel);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static HttpRequestMessage Delivery(Uri url, byte[] body, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", "1700000000");
        if (signature is not null)
        {
            request.Headers.Add("webhook-signature", signature);
        }

        return request;
    }
}
