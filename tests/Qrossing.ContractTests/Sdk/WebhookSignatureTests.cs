using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qrossing.Sdk.Webhooks;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Sdk;

[Trait("Kind", "contract")]
[Trait("Needs", "node")]
public sealed class WebhookSignatureTests(CounterpartHost counterparts)
{
    private const string Signer = """
        import { Webhook } from "standardwebhooks";
        import fs from "node:fs";
        const cases = JSON.parse(fs.readFileSync(0, "utf8"));
        console.log(JSON.stringify(cases.map(c => new Webhook(c.secret).sign(c.id, new Date(c.timestamp * 1000), c.body))));
        """;

    [Fact]
    public async Task What_the_reference_library_signs_is_valid_and_nothing_else()
    {
        var cases = Enumerable.Range(0, 20).Select(number => new Signed(
            "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24 + number)),
            $"dlv_{number}",
            1_700_000_000 + number,
            $$"""{"n":{{number}},"text":"Grüße, 世界 🌍"}""")).ToList();
        var node = await counterparts.NodeAsync();

        var signatures = JsonSerializer.Deserialize<List<string>>(await node.RunAsync(Signer, JsonSerializer.Serialize(cases, JsonSerializerOptions.Web)))!;

        foreach (var (made, signature) in cases.Zip(signatures))
        {
            var headers = new WebhookHeaders { Id = made.Id, Timestamp = made.Timestamp.ToString(), Signature = signature };
            var now = DateTimeOffset.FromUnixTimeSeconds(made.Timestamp);
            Assert.Equal(WebhookVerdict.Valid, Verify(made.Body, headers));
            Assert.Equal(WebhookVerdict.Wrong, Verify(made.Body + " ", headers));
            Assert.Equal(WebhookVerdict.Wrong, Verify(made.Body, headers with { Id = made.Id + "0" }));

            WebhookVerdict Verify(string body, WebhookHeaders given) => WebhookSignature.Verify(Encoding.UTF8.GetBytes(body), given, [made.Secret], now);
        }
    }

    private sealed record Signed(string Secret, string Id, long Timestamp, string Body);
}
