using System.Text;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Webhooks;
using Qrossing.Core.Webhooks.Sending;

namespace Qrossing.Tests.Core.Webhooks;

[Trait("Kind", "unit")]
public sealed class DeliveryRulesTests
{
    private static readonly WebhookOptions Options = new();

    [Fact]
    public void Signature_is_that_of_the_specification_s_example()
    {
        // Standard Webhooks 1.0, the example of the reference libraries.
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var signature = WebhookSecret.Sign([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void Delivery_id_follows_from_subscription_and_position()
    {
        var subscription = SubscriptionId.FromText("whs_00000000000000000000000001");
        Assert.Equal(DeliveryIds.Derive(subscription, 7), DeliveryIds.Derive(subscription, 7));
        Assert.NotEqual(DeliveryIds.Derive(subscription, 7), DeliveryIds.Derive(subscription, 8));
        Assert.True(IdText.TryParse<DeliveryId>(DeliveryIds.Derive(subscription, 7).Text, out _));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(5, 80)]
    [InlineData(10, 2560)]
    [InlineData(11, 3600)]
    [InlineData(1000, 3600)]
    public void Bound_of_the_wait_doubles_up_to_the_longest(int attempts, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), new DeliveryRetryPolicy(Options, () => 1).Delay(attempts, null));
        Assert.Equal(TimeSpan.Zero, new DeliveryRetryPolicy(Options, () => 0).Delay(attempts, null));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(60, 60)]
    [InlineData(100_000, 86_400)]
    public void Retry_after_is_waited_for_at_least_and_at_most_for_a_day(int asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new DeliveryRetryPolicy(Options, () => 1).Delay(1, TimeSpan.FromSeconds(asked)));

    [Fact]
    public void Delivery_is_given_up_after_three_days_and_an_endpoint_after_five()
    {
        var policy = new DeliveryRetryPolicy(Options, () => 0);
        var start = DateTimeOffset.UnixEpoch;
        Assert.False(policy.IsOver(start, start.AddHours(71)));
        Assert.True(policy.IsOver(start, start.AddHours(72)));
        Assert.False(policy.IsHopeless(start, start.AddDays(4)));
        Assert.True(policy.IsHopeless(start, start.AddDays(5)));
        Assert.False(policy.IsHopeless(null, start.AddDays(5)));
    }

    [Fact]
    public void Old_secret_ends_when_its_time_is_over()
    {
        var keys = new Qrossing.TestKit.Fakes.FakeKeys();
        IWebhookSecrets secrets = keys;
        var until = DateTimeOffset.UnixEpoch.AddDays(1);
        var endpoint = new DeliveryEndpoint(
            new Subscription
            {
                Tenant = TenantId.Default,
                Id = SubscriptionId.FromText("whs_00000000000000000000000001"),
                Url = "https://example.com/",
                Types = ["*"],
                Status = SubscriptionStatus.Active,
                SealedSecrets = [secrets.Seal(TenantId.Default, [1]), secrets.Seal(TenantId.Default, [2])],
                OldSecretUntil = until,
                Cursor = 0,
                CreatedBy = "cli",
                Version = 1,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            secrets);
        Assert.Equal([[1], [2]], endpoint.SecretsAt(until.AddSeconds(-1)));
        Assert.Equal([[1]], endpoint.SecretsAt(until));
    }
}
