using System.Globalization;
using System.Text;
using System.Text.Json;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;

namespace Qrossing.ContractTests.TestKit;

[Trait("Kind", "contract")]
[Trait("Needs", "node")]
public sealed class NodeToolTests(CounterpartHost counterparts)
{
    private const string Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    [Fact]
    public async Task Our_signature_check_accepts_what_the_reference_library_signs()
    {
        var node = await counterparts.NodeAsync();
        var now = TimeProvider.System.GetUtcNow();
        const string Body = """{"type":"q.test.happened.v1","text":"grüß"}""";

        var signature = await node.RunAsync(
            """
            import { Webhook } from "standardwebhooks";
            import fs from "node:fs";
            const [secret, id, seconds] = process.argv.slice(1);
            process.stdout.write(new Webhook(secret).sign(id, new Date(Number(seconds) * 1000), fs.readFileSync(0, "utf8")));
            """,
            Body,
            Secret, "msg_1", Text(now));

        Assert.Equal(SignatureVerdict.Valid, StandardWebhook.Check(Secret, Headers(now, signature), Encoding.UTF8.GetBytes(Body), now));
        Assert.Equal(SignatureVerdict.Wrong, StandardWebhook.Check(Secret, Headers(now, signature), Encoding.UTF8.GetBytes(Body + " "), now));
    }

    [Fact]
    public async Task Reference_library_accepts_what_our_signer_signs()
    {
        var node = await counterparts.NodeAsync();
        var now = TimeProvider.System.GetUtcNow();
        const string Body = """{"type":"q.test.happened.v1"}""";
        var headers = Headers(now, StandardWebhook.Sign(Secret, "msg_1", Text(now), Encoding.UTF8.GetBytes(Body)));

        var verified = await node.RunAsync(
            """
            import { Webhook } from "standardwebhooks";
            const [secret, body, headers] = process.argv.slice(1);
            console.log(JSON.stringify(new Webhook(secret).verify(body, JSON.parse(headers))));
            """,
            "",
            Secret, Body, JsonSerializer.Serialize(headers));

        Assert.Equal(Body, verified.Trim());
    }

    [Theory]
    [InlineData("ethers", "require('ethers').getAddress('0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266')")]
    [InlineData("viem", "require('viem').getAddress('0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266')")]
    public async Task Script_file_can_require_the_packages(string package, string expression)
    {
        var node = await counterparts.NodeAsync();
        using var folder = new TemporaryFolder(package);
        var script = Path.Combine(folder.Path, "script.cjs");
        await File.WriteAllTextAsync(script, $"console.log({expression})", TestContext.Current.CancellationToken);

        Assert.Equal(AnvilCounterpart.Accounts[0].Address, (await node.RunFileAsync(script)).Trim());
    }

    [Fact]
    public async Task Failing_script_tells_why()
    {
        var node = await counterparts.NodeAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => node.RunAsync("throw new Error('no such luck')"));

        Assert.Contains("no such luck", failure.Message, StringComparison.Ordinal);
    }

    private static string Text(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Headers(DateTimeOffset time, string signature) => new()
    {
        ["webhook-id"] = "msg_1",
        ["webhook-timestamp"] = Text(time),
        ["webhook-signature"] = signature,
    };
}
