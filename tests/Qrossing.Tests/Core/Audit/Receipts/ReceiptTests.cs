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
        Assert.Equal(["""{"n":1}""", """{"n":2}"""], receipt["entries"]!.AsArray().Select(entry => entry!["payload"]!.GetValue<string>()));
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

    [Fact]
    [Trait("Needs", "node")]
    public async Task Program_in_another_language_verifies_it_and_finds_every_forgery()
    {
        await using var node = await NodeTool.StartBareAsync();
        using var folder = new TemporaryFolder("receipt");
        var (receipt, key) = await MakeAsync();
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

        async Task<string> RunAsync(JsonObject candidate)
        {
            var file = Path.Combine(folder.Path, "receipt.json");
            await File.WriteAllTextAsync(file, candidate.ToJsonString(), Cancellation);
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
        Assert.Empty(ReceiptVerifier.Verify(Bytes(receipt), world.Get<NoteSigner>().VerifierKey).Problems);
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
        await using var world = await World.StartAsync();
        var effect = await RecordAsync(world);
        return ((await world.Get<ReceiptBuilder>().BuildAsync(world.Context, effect, Cancellation)).Value!, world.Get<NoteSigner>().VerifierKey);
    }

    /// <summary>An effect with two entries among five and an event, written as the ledger writes them: in one unit.</summary>
    private static async Task<EffectId> RecordAsync(World world, string? dataSubject = null, bool isIntegrated = true)
    {
        var id = world.Get<IdGenerator>().New<EffectId>();
        await world.WriteAsync(session =>
        {
            world.Get<IEffectStore>().Insert(session, NewEffect(id, session.Now));
            foreach (var (subject, n) in new[] { ("x", 0), (id.Text, 1), ("x", 0), (id.Text, 2), ("x", 0) })
            {
                session.Append(new AuditDraft
                {
                    Tenant = TenantId.Default,
                    Action = "effects.succeeded",
                    Actor = "system",
                    Subject = subject,
                    DataSubject = dataSubject,
                    Payload = new JsonObject { ["n"] = n },
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
