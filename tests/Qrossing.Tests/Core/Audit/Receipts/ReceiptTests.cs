using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Audit.Integration;
using Qrossing.Core.Audit.Receipts;
using Qrossing.Core.Effects;
using Qrossing.Core.Events;
using Qrossing.Core.Secrets;
using Qrossing.Formats.Transparency;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Audit.Receipts;

[Trait("Kind", "unit")]
public sealed class ReceiptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Changes that a forger might make, each to one valid receipt.</summary>
    public static TheoryData<string> Forgeries => [.. Changes.Keys];

    private static Dictionary<string, Action<JsonObject>> Changes { get; } = new()
    {
        ["outcome"] = receipt => receipt["effect"]!["outcome"] = "failed",
        ["another effect"] = receipt => receipt["effect"]!["id"] = "eff_00000000000000000000000000",
        ["entry text"] = receipt => Entry(receipt)["entry"] = Entry(receipt)["entry"]!.GetValue<string>().Replace("effects.", "effectz.", StringComparison.Ordinal),
        ["payload"] = receipt => Entry(receipt)["payload"] = "{}",
        ["salt"] = receipt => Entry(receipt)["salt"] = new string('0', 32),
        ["leaf number"] = receipt => Entry(receipt)["leaf"] = Entry(receipt)["leaf"]!.GetValue<long>() + 1,
        ["proof"] = receipt => Entry(receipt)["proof"]![0] = Convert.ToBase64String(new byte[32]),
        ["shorter proof"] = receipt => Entry(receipt)["proof"]!.AsArray().RemoveAt(0),
        ["entry left out"] = receipt => receipt["entries"]!.AsArray().RemoveAt(1),
        ["no entries"] = receipt => receipt["entries"] = new JsonArray(),
        ["checkpoint of another size"] = receipt => receipt["checkpoint"] = receipt["checkpoint"]!.GetValue<string>().Replace("\n5\n", "\n6\n", StringComparison.Ordinal),
        ["checkpoint of another log"] = receipt => receipt["checkpoint"] = Forge(receipt["checkpoint"]!.GetValue<string>()),
        ["signature over another receipt"] = receipt => receipt["issuedAt"] = "2020-01-01T00:00:00.000000Z",
        ["no signature"] = receipt => receipt.Remove("signature"),
        ["everything signed by the forger"] = receipt => ReSign(receipt),
        ["another version"] = receipt => receipt["v"] = 2,
        ["member added"] = receipt => receipt["note"] = "trust me",
        ["entry of null"] = receipt => Entry(receipt)["entry"] = null,
        ["salt of null"] = receipt => Entry(receipt)["salt"] = null,
        ["signature of null"] = receipt => receipt["signature"] = null,
        ["entry beyond all bounds"] = receipt => Entry(receipt)["entry"] = Entry(receipt)["entry"]!.GetValue<string>().Replace("\"system\"", $"\"{new string('s', 70_000)}\"", StringComparison.Ordinal),
        ["base64 with stray bits"] = receipt => Entry(receipt)["proof"]![0] = Entry(receipt)["proof"]![0]!.GetValue<string>()[..^2] + "/=",
        ["event"] = receipt => receipt["events"]![0]!["type"] = "q.gateway.effects.failed.v1",
    };

    [Fact]
    public async Task Receipt_gathers_the_effect_its_entries_events_and_the_checkpoint()
    {
        var (receipt, key) = await MakeAsync();
        var verification = ReceiptVerifier.Verify(Bytes(receipt), key);

        Assert.Empty(verification.Problems);
        Assert.Equal((5, 2), (verification.TreeSize, verification.Entries));
        Assert.Equal("succeeded", receipt["effect"]!["outcome"]!.GetValue<string>());
        Assert.Equal("cli_test", receipt["effect"]!["principal"]!.GetValue<string>());
        Assert.Equal(["sending", "succeeded"], receipt["entries"]!.AsArray().Select(entry => (string?)JsonNode.Parse((string)entry!["payload"]!)!["to"]));
        Assert.Equal("q.gateway.effects.succeeded.v1", Assert.Single(receipt["events"]!.AsArray())!["type"]!.GetValue<string>());
        Assert.Equal(0, receipt["entriesPending"]!.GetValue<int>());
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Forged_receipt_is_not_valid(string forgery)
    {
        var (receipt, key) = await MakeAsync();
        Changes[forgery](receipt);
        Assert.False(ReceiptVerifier.Verify(Bytes(receipt), key).IsValid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":1,"v":1}""")]
    [InlineData("""{"v":"1"}""")]
    public void What_is_no_receipt_is_not_valid(string text) =>
        Assert.False(ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(text), ReceiptExample.Signer.VerifierKey).IsValid);

    /// <summary>Claims that only a gateway that lies can sign: their signature, proofs and hashes are all right.</summary>
    public static TheoryData<string> Lies => [.. Claims.Keys];

    private static Dictionary<string, Action<JsonObject>> Claims { get; } = new()
    {
        ["another phase"] = receipt => receipt["effect"]!["phase"] = "failed",
        ["another request"] = receipt => receipt["effect"]!["requestDigest"] = new string('b', 64),
        ["another client"] = receipt => receipt["effect"]!["principal"] = "cli_other",
        ["another kind"] = receipt => receipt["effect"]!["kind"] = "chains.transaction",
        ["another connection"] = receipt => receipt["effect"]!["connection"] = "elsewhere",
        ["a transition left out"] = receipt => receipt["entries"]!.AsArray().RemoveAt(0),
        ["the last transition left out"] = receipt => receipt["entries"]!.AsArray().RemoveAt(1),
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Receipt_that_says_otherwise_than_its_entries_is_not_valid_although_it_is_signed(string lie)
    {
        var (receipt, key, signer) = await MakeWithSignerAsync();
        Claims[lie](receipt);
        receipt.Remove("signature");
        ReceiptSeal.Sign(receipt, signer);
        Assert.False(ReceiptVerifier.Verify(Bytes(receipt), key).IsValid);
    }

    [Fact]
    public async Task Entries_beyond_the_first_thousand_are_counted_as_pending()
    {
        await using var world = await World.StartAsync();
        var effect = await RecordAsync(world, isIntegrated: false);
        await world.WriteAsync(session =>
        {
            for (var i = 0; i < 1_001; i++)
            {
                session.Append(new AuditDraft { Tenant = TenantId.Default, Action = "effects.probe_requested", Actor = "system", Subject = effect.Text, Payload = [] });
            }

            return true;
        });
        await world.RunAsync<AuditIntegrationWorker>();
        await world.Get<AuditHead>().WaitForAsync(1_005, Cancellation);

        var receipt = (await world.Get<ReceiptBuilder>().BuildAsync(world.Context, effect, Cancellation)).Value!;

        Assert.Equal((1_000, 3), (receipt["entries"]!.AsArray().Count, (int)receipt["entriesPending"]!));
    }

    [Fact]
    [Trait("Needs", "node")]
    public async Task Program_in_another_language_verifies_it_and_finds_every_forgery()
    {
        await using var node = await NodeTool.StartBareAsync();
        using var folder = new TemporaryFolder("receipt");
        var (receipt, key, signer) = await MakeWithSignerAsync();
        Assert.StartsWith($"valid: {receipt["effect"]!["id"]}", await RunAsync(receipt), StringComparison.Ordinal);

        foreach (var (name, change) in Changes)
        {
            var forged = receipt.DeepClone().AsObject();
            change(forged);
            var failure = await Record.ExceptionAsync(() => RunAsync(forged));
            Assert.True(failure?.Message.Contains("not valid:", StringComparison.Ordinal), $"{name}: {failure?.Message ?? "taken for valid"}");
        }

        foreach (var name in new[] { "signature", "checkpoint", "entries", "effect", "v" })
        {
            var cut = receipt.DeepClone().AsObject();
            cut.Remove(name);
            var failure = await Record.ExceptionAsync(() => RunAsync(cut));
            Assert.Contains(name is "v" ? "not valid: this is no receipt of version 1" : "not valid: the receipt has no", failure!.Message, StringComparison.Ordinal);
        }

        foreach (var (name, change) in Claims)
        {
            var lie = receipt.DeepClone().AsObject();
            change(lie);
            lie.Remove("signature");
            ReceiptSeal.Sign(lie, signer);
            var failure = await Record.ExceptionAsync(() => RunAsync(lie));
            Assert.True(failure?.Message.Contains("not valid:", StringComparison.Ordinal), $"{name}: {failure?.Message ?? "taken for valid"}");
        }

        var text = receipt.ToJsonString();
        foreach (var (what, told) in new[]
        {
            (text.Replace("{\"v\":1,", "{\"v\":1,\"v\":1,", StringComparison.Ordinal), "the member \"v\" is repeated"),
            (text.Replace("\"effect\":{", "\"effect\":{\"\\u006bind\":\"x\",", StringComparison.Ordinal), "is repeated"),
            ("{\"v\":1,\"entries\":[]}", "the receipt has no signature"),
        })
        {
            var failure = await Record.ExceptionAsync(() => RunTextAsync(what));
            Assert.Contains(told, failure?.Message, StringComparison.Ordinal);
        }

        Task<string> RunAsync(JsonObject candidate) => RunTextAsync(candidate.ToJsonString());

        async Task<string> RunTextAsync(string candidate)
        {
            var file = Path.Combine(folder.Path, "receipt.json");
            await File.WriteAllTextAsync(file, candidate, Cancellation);
            return await node.RunFileAsync(RepositoryRoot.Combine("samples", "verify-receipt", "verify-receipt.mjs"), "", file, key.ToString());
        }
    }

    [Fact]
    public async Task Erased_payload_leaves_a_valid_receipt_without_it()
    {
        await using var world = await World.StartAsync();
        var effect = await RecordAsync(world, dataSubject: "usr_1");
        world.Keys.Erase(TenantId.Default, KeyPurposes.OfSubject("usr_1"));
        var receipt = (await world.Get<ReceiptBuilder>().BuildAsync(world.Context, effect, Cancellation)).Value!;
        Assert.All(receipt["entries"]!.AsArray(), entry => Assert.Null(entry!["payload"]));
        var verification = ReceiptVerifier.Verify(Bytes(receipt), world.Get<NoteSigner>().VerifierKey);
        Assert.Empty(verification.Problems);
        Assert.Equal(2, verification.Erased);
    }

    [Fact]
    public async Task Receipt_of_an_effect_that_is_not_there_or_not_in_the_tree_is_refused()
    {
        await using var world = await World.StartAsync();
        var effect = await RecordAsync(world, isIntegrated: false);
        Assert.Equal("audit.not_integrated", (await world.Get<ReceiptBuilder>().BuildAsync(world.Context, effect, Cancellation)).Refusal?.Error.Code);
        var unknown = world.Get<IdGenerator>().New<EffectId>();
        Assert.Equal("receipts.not_found", (await world.Get<ReceiptBuilder>().BuildAsync(world.Context, unknown, Cancellation)).Refusal?.Error.Code);
    }

    private static async Task<(JsonObject Receipt, NoteVerifierKey Key)> MakeAsync()
    {
        var (receipt, key, _) = await MakeWithSignerAsync();
        return (receipt, key);
    }

    private static async Task<(JsonObject Receipt, NoteVerifierKey Key, NoteSigner Signer)> MakeWithSignerAsync()
    {
        await using var world = await World.StartAsync();
        var effect = await RecordAsync(world);
        var signer = world.Get<NoteSigner>();
        return ((await world.Get<ReceiptBuilder>().BuildAsync(world.Context, effect, Cancellation)).Value!, signer.VerifierKey, signer);
    }

    /// <summary>An effect with two entries among five and an event, written as the ledger writes them: in one unit.</summary>
    private static async Task<EffectId> RecordAsync(World world, string? dataSubject = null, bool isIntegrated = true)
    {
        var id = world.Get<IdGenerator>().New<EffectId>();
        await world.WriteAsync(session =>
        {
            world.Get<IEffectStore>().Insert(session, NewEffect(id, session.Now));
            foreach (var (subject, from, to) in new[] { ("x", "a", "b"), (id.Text, "recorded", "sending"), ("x", "a", "b"), (id.Text, "sending", "succeeded"), ("x", "a", "b") })
            {
                session.Append(new AuditDraft
                {
                    Tenant = TenantId.Default,
                    Action = $"effects.{to}",
                    Actor = "system",
                    Subject = subject,
                    DataSubject = dataSubject,
                    Payload = Transition(from, to),
                });
            }

            return session.Append(world.Get<GatewayEvents>().Create(TenantId.Default, session.Now, new GatewayEvent
            {
                Type = "q.gateway.effects.succeeded.v1",
                Subject = id.Text,
                EffectId = id,
                Data = new JsonObject { ["é"] = 1.5e-7, ["a"] = "\u2028\"" },
            }));
        });
        if (isIntegrated)
        {
            await world.RunAsync<AuditIntegrationWorker>();
        }

        return id;
    }

    private static JsonObject Transition(string from, string to) => new()
    {
        ["kind"] = "objects.put",
        ["connection"] = "local",
        ["client"] = "cli_test",
        ["requestDigest"] = new string('a', 64),
        ["from"] = from,
        ["to"] = to,
    };

    private static Effect NewEffect(EffectId id, DateTimeOffset now) => new()
    {
        Tenant = TenantId.Default,
        Id = id,
        Kind = "objects.put",
        Connection = "local",
        Client = "cli_test",
        State = new EffectState(EffectPhase.Succeeded, Finality.Final),
        Request = "{}"u8.ToArray(),
        RequestDigest = new string('a', 64),
        PartitionKey = id.Text,
        ExpiresAt = now.AddHours(72),
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static JsonObject Entry(JsonObject receipt) => receipt["entries"]![0]!.AsObject();

    private static byte[] Bytes(JsonObject receipt) => JsonSerializer.SerializeToUtf8Bytes(receipt);

    private static string Forge(string checkpoint)
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(checkpoint), out var note));
        return new NoteSigner("qrossing/test", new byte[32]).Sign(note.Text).ToString();
    }

    private static void ReSign(JsonObject receipt)
    {
        receipt["effect"]!["outcome"] = "failed";
        receipt.Remove("signature");
        ReceiptSeal.Sign(receipt, new NoteSigner("qrossing/test", new byte[32]));
    }
}
