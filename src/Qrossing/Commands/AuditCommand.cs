using System.CommandLine;
using System.Text.Json;
using Qrossing.Composition;
using Qrossing.Core.Audit;
using Qrossing.Core.Secrets;
using Qrossing.Formats.Transparency;

namespace Qrossing.Commands;

/// <summary><c>audit verify|export</c>: the transparency log, offline and read-only.</summary>
internal static class AuditCommand
{
    private const int Page = 1_000;

    public static Command Create()
    {
        var key = new Option<string?>("--log-key") { Description = "The log's verifier key (vkey) from a place you trust. Default: the one of this installation's key ring." };
        var checkpoint = new Option<FileInfo?>("--checkpoint") { Description = "An earlier checkpoint of the log (as /tlog/checkpoint answers it) that you kept elsewhere: finds a log that was cut back or rewritten." };
        var verify = new Command("verify", "Recompute the whole log and compare it with the signed checkpoint.") { key, checkpoint };
        verify.SetAction((parsed, cancellationToken) => VerifyAsync(parsed.GetValue(key), parsed.GetValue(checkpoint), cancellationToken));
        var export = new Command("export", "Write every entry as a line of JSON.");
        export.SetAction((_, cancellationToken) => ExportAsync(cancellationToken));
        return new Command("audit", "Check or export the transparency log, offline.") { verify, export };
    }

    private static async Task<int> VerifyAsync(string? givenKey, FileInfo? kept, CancellationToken cancellationToken)
    {
        await using var services = DataHost.Build(OptionsLoader.Load());
        await services.GetRequiredService<KeyRing>().OpenAsync(cancellationToken);
        var key = services.GetRequiredService<NoteSigner>().VerifierKey;
        if (givenKey is not null && !NoteVerifierKey.TryParse(givenKey, out key))
        {
            await Console.Error.WriteLineAsync("--log-key is not a verifier key (name+hash+base64).");
            return CommandRunner.Usage;
        }

        Checkpoint? trusted = null;
        if (kept is not null
            && (!kept.Exists
                || !SignedNote.TryParse(await File.ReadAllBytesAsync(kept.FullName, cancellationToken), out var note)
                || !key.Verify(note)
                || !Checkpoint.TryParse(note.Text, out trusted)
                || trusted.Origin != key.Name))
        {
            await Console.Error.WriteLineAsync($"--checkpoint {kept} is not a checkpoint signed by {key}.");
            return CommandRunner.Usage;
        }

        var look = await services.GetRequiredService<AuditVerifier>().VerifyAsync(key, trusted, cancellationToken);
        foreach (var problem in look.Problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine($"{look.Entries} entries, {look.Integrated} in the tree, {look.Opened} payloads opened, {look.Erased} erased: {(look.IsSound ? "sound" : "NOT sound")}.");
        return look.IsSound ? CommandRunner.Done : CommandRunner.Failed;
    }

    private static async Task<int> ExportAsync(CancellationToken cancellationToken)
    {
        await using var services = DataHost.Build(OptionsLoader.Load());
        await services.GetRequiredService<KeyRing>().OpenAsync(cancellationToken);
        var store = services.GetRequiredService<IAuditStore>();
        var reader = services.GetRequiredService<AuditReader>();
        await using var output = Console.OpenStandardOutput();
        for (var leaf = 0L; ;)
        {
            var page = await store.ReadAsync(leaf, Page, cancellationToken);
            foreach (var record in page)
            {
                await using (var json = new Utf8JsonWriter(output))
                {
                    json.WriteStartObject();
                    json.WriteNumber("leaf", record.Leaf);
                    json.WritePropertyName("entry");
                    json.WriteRawValue(record.Entry.Span);
                    if (reader.Open(record) is { } payload)
                    {
                        json.WriteBase64String("salt", payload.Salt);
                        json.WritePropertyName("payload");
                        json.WriteRawValue(payload.Bytes);
                    }

                    json.WriteEndObject();
                }

                output.WriteByte((byte)'\n');
            }

            if (page.Count < Page)
            {
                return CommandRunner.Done;
            }

            leaf += page.Count;
        }
    }
}
