using System.Globalization;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Errors;
using Qrossing.Formats.Transparency;

namespace Qrossing.Gateway.Rest.Audit;

/// <summary><c>/v1/audit</c>: who did what, with the proof that it stands in the transparency log.</summary>
internal sealed class AuditEndpoints(AuditReader audit, NoteSigner signer) : IMapsEndpoints
{
    private const string Tag = "Audit";

    private const string Example = """
        {"leaf":7,"entry":"{\"action\":\"api_keys.created\",\"v\":1}","time":"2026-01-31T12:00:00Z","action":"api_keys.created","actor":"key:key_06f1m2v8d9w3x5z7a1b4c6d8e0","subject":"key_06f1m2v8d9w3x5z7a1b4c6d8e1","payload":{"name":"uploader"},"salt":"00112233445566778899aabbccddeeff"}
        """;

    public void Map(RestRoutes routes)
    {
        routes.Get("/v1/audit", new EndpointRule(Permissions.AuditRead)
        {
            Text = new EndpointText("listAudit", Tag, "Lists audit entries, newest first.")
            {
                Response = typeof(ListView<AuditView>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
                Query = [new("action", "Only this action, for example effects.succeeded."), new("subject", "Only about this subject, for example an effect's id."), .. QueryText.Page],
            },
        }, call => Lists.PageAsync(
            call,
            page => audit.ListAsync(call.Context, call.Query("action"), call.Query("subject"), page, call.Aborted),
            record => AuditView.Of(record, audit.Open(record))));
        routes.Get("/v1/audit/checkpoint", new EndpointRule(Permissions.AuditRead)
        {
            Text = new EndpointText("getCheckpoint", Tag, "The newest signed tree head and the key that verifies it.")
            {
                Response = typeof(CheckpointView),
                ResponseExample = """{"checkpoint":"qrossing/...\n8\n...\n\n- qrossing/... ...\n","key":"qrossing/...+...+..."}""",
                Errors = [AuditErrors.EntryNotFound],
            },
        }, CheckpointAsync);
        routes.Get("/v1/audit/{leaf}", new EndpointRule(Permissions.AuditRead)
        {
            Text = new EndpointText("getAuditEntry", Tag, "One entry by its number, with its inclusion proof.")
            {
                Response = typeof(AuditView),
                ResponseExample = Example,
                Errors = [AuditErrors.EntryNotFound, AuditErrors.NotIntegrated],
            },
        }, GetAsync);
    }

    private async Task<Answer> CheckpointAsync(GatewayCall call) =>
        await audit.CheckpointAsync(call.Aborted) is { } checkpoint
            ? Answer.Ok(new CheckpointView { Checkpoint = checkpoint, Key = signer.VerifierKey.ToString() })
            : new Refusal(AuditErrors.EntryNotFound, "The log is still empty.");

    private async Task<Answer> GetAsync(GatewayCall call)
    {
        if (!long.TryParse(call.Path("leaf"), NumberStyles.None, CultureInfo.InvariantCulture, out var leaf))
        {
            return new Refusal(AuditErrors.EntryNotFound, $"There is no audit entry '{call.Path("leaf")}'.");
        }

        var proof = await audit.GetAsync(call.Context, leaf, call.Aborted);
        return Answer.From(proof, found => Answer.Ok(AuditView.Of(found.Record, found.Payload) with
        {
            Proof = new AuditProofView { TreeSize = found.TreeSize, Path = [.. found.Path.Select(Convert.ToBase64String)], Checkpoint = found.Checkpoint },
        }));
    }
}
