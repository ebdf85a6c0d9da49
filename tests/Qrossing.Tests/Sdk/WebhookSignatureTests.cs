using System.Globalization;
using Qrossing.Sdk.Webhooks;
using Qrossing.TestKit.Network;

namespace Qrossing.Tests.Sdk;

[Trait("Kind", "unit")]
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const long Timestamp = 1614265330;
    private const string Good = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static ReadOnlySpan<byte> Body => "{\"test\": 2432232314}"u8;

    // The example of the Standard Webhooks reference libraries: a known secret, message and signature.
    [Theory]
    [InlineData(Good, 0, WebhookVerdict.Valid)]
    [InlineData("v1,AAAA v1a,xyz " + Good, 0, WebhookVerdict.Valid)]
    [InlineData(Good, 300, WebhookVerdict.Valid)]
    [InlineData(Good, -300, WebhookVerdict.Valid)]
    [InlineData(Good, 301, WebhookVerdict.OutOfTime)]
    [InlineData(Good, -301, WebhookVerdict.OutOfTime)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=", 0, WebhookVerdict.Wrong)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", 0, WebhookVerdict.Wrong)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, WebhookVerdict.Wrong)]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, WebhookVerdict.Wrong)]
    [InlineData("", 0, WebhookVerdict.Malformed)]
    public void Signature_counts_only_when_the_secret_made_it_just_now(string signature, int age, WebhookVerdict expected) =>
        Assert.Equal(expected, WebhookSignature.Verify(Body, Headers(signature), [Secret], At(age)));

    [Fact]
    public void Each_of_several_secrets_is_enough()
    {
        Assert.Equal(WebhookVerdict.Valid, WebhookSignature.Verify(Body, Headers(Good), [Other, Secret], At(0)));
        Assert.Equal(WebhookVerdict.Wrong, WebhookSignature.Verify(Body, Headers(Good), [Other], At(0)));
    }

    [Fact]
    public void Tolerance_of_the_callers_own_counts_in_whole_seconds()
    {
        Assert.Equal(WebhookVerdict.Valid, WebhookSignature.Verify(Body, Headers(Good), [Secret], At(10), TimeSpan.FromSeconds(10.9)));
        Assert.Equal(WebhookVerdict.OutOfTime, WebhookSignature.Verify(Body, Headers(Good), [Secret], At(11), TimeSpan.FromSeconds(10.9)));
    }

    [Fact]
    public void Body_that_differs_in_one_byte_is_wrong() =>
        Assert.Equal(WebhookVerdict.Wrong, WebhookSignature.Verify("{\"test\": 2432232315}"u8, Headers(Good), [Secret], At(0)));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData(" 1614265330")]
    [InlineData("99999999999999999999")]
    public void Timestamp_that_is_not_digits_is_malformed(string timestamp) =>
        Assert.Equal(WebhookVerdict.Malformed, WebhookSignature.Verify(Body, Headers(Good) with { Timestamp = timestamp }, [Secret], At(0)));

    [Fact]
    public void Timestamp_at_the_end_of_numbers_is_out_of_time() =>
        Assert.Equal(WebhookVerdict.OutOfTime, WebhookSignature.Verify(Body, Headers(Good) with { Timestamp = "9223372036854775807" }, [Secret], At(0)));

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    public void Secret_that_cannot_be_one_is_a_mistake_of_the_caller(string secret) =>
        Assert.Throws<ArgumentException>(() => WebhookSignature.Verify(Body, Headers(Good), [secret], At(0)));

    [Fact]
    public void No_secret_at_all_verifies_nothing() =>
        Assert.Throws<ArgumentException>(() => WebhookSignature.Verify(Body, Headers(Good), [], At(0)));

    [Fact]
    public void Signature_of_an_independent_signer_is_valid()
    {
        var signature = StandardWebhook.Sign(Other, "msg_1", Timestamp.ToString(CultureInfo.InvariantCulture), Body);

        Assert.Equal(WebhookVerdict.Valid, WebhookSignature.Verify(Body, Headers(signature) with { Id = "msg_1" }, [Other], At(0)));
    }

    private static DateTimeOffset At(int age) => DateTimeOffset.FromUnixTimeSeconds(Timestamp + age);

    private static WebhookHeaders Headers(string signature) => new()
    {
        Id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
        Timestamp = Timestamp.ToString(CultureInfo.InvariantCulture),
        Signature = signature,
    };
}
