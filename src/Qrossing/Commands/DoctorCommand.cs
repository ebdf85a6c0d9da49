using System.CommandLine;
using System.Text.Json.Nodes;
using Qrossing.Composition;
using Qrossing.Core.Audit.Receipts;
using Qrossing.Formats.Transparency;
using Spectre.Console;

namespace Qrossing.Commands;

/// <summary><c>doctor [RECEIPT]</c>: what is wrong and what to do; with a receipt's file, whether it verifies.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var receipt = new Argument<FileInfo?>("RECEIPT") { Description = "A receipt to verify.", Arity = ArgumentArity.ZeroOrOne };
        var url = new Option<string>("--url") { Description = "The gateway.", DefaultValueFactory = _ => GatewayHost.DefaultUrl };
        var key = new Option<string?>("--key") { Description = "API key. Default: QROSSING_KEY." };
        var logKey = new Option<string?>("--log-key") { Description = "The log's verifier key, for a receipt; asked of the gateway without it." };
        var command = new Command("doctor", "Check configuration and a running gateway, or verify a receipt.") { receipt, url, key, logKey };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var http = LocalHttp.Create(new Uri(parsed.GetRequiredValue(url)), TimeSpan.FromSeconds(10));
            http.DefaultRequestHeaders.Add("X-Api-Key", parsed.GetValue(key) ?? Environment.GetEnvironmentVariable("QROSSING_KEY") ?? string.Empty);
            return parsed.GetValue(receipt) is { } file
                ? await VerifyAsync(file, parsed.GetValue(logKey), http, cancellationToken)
                : await ExamineAsync(http, cancellationToken);
        });
        return command;
    }

    private static async Task<int> VerifyAsync(FileInfo file, string? logKey, HttpClient http, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new CommandFailedException($"There is no file {file.FullName}.");
        }

        logKey ??= (string?)(await GetAsync(http, "/v1/audit/checkpoint", cancellationToken))["key"];
        if (!NoteVerifierKey.TryParse(logKey, out var key))
        {
            await Console.Error.WriteLineAsync("The log key is not a verifier key (name+hash+base64).");
            return CommandRunner.Usage;
        }

        var verification = ReceiptVerifier.Verify(await File.ReadAllBytesAsync(file.FullName, cancellationToken), key);
        foreach (var problem in verification.Problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine(verification.IsValid
            ? $"The receipt of {verification.Effect} is valid: {verification.Entries} entries proven in a log of {verification.TreeSize}."
            : "The receipt is NOT valid.");
        return verification.IsValid ? CommandRunner.Done : CommandRunner.Failed;
    }

    private static async Task<int> ExamineAsync(HttpClient http, CancellationToken cancellationToken)
    {
        OptionsLoader.Load();
        var healthy = true;
        Say(true, "configuration", "valid");
        try
        {
            using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            healthy &= Say(ready.IsSuccessStatusCode, "gateway", $"{http.BaseAddress} {(ready.IsSuccessStatusCode ? "is ready" : $"is not ready: {await ready.Content.ReadAsStringAsync(cancellationToken)}")}");
        }
        catch (HttpRequestException unreachable)
        {
            Say(false, "gateway", $"{http.BaseAddress} does not answer: {unreachable.Message}");
            return CommandRunner.Failed;
        }

        var unknown = (await GetAsync(http, "/v1/effects?outcome=unknown&limit=200", cancellationToken))["data"]!.AsArray();
        healthy &= Say(unknown.Count == 0, "unknown effects", unknown.Count == 0 ? "none" : $"{unknown.Count}; the gateway looks them up by itself. Ask now: POST /v1/effects/{unknown[0]!["id"]}/probe");
        foreach (var connection in (await GetAsync(http, "/v1/connections?limit=200", cancellationToken))["data"]!.AsArray())
        {
            var state = (string?)connection!["state"];
            healthy &= Say(state is "ready" or "disabled", $"connection {connection["id"]}", $"{state} {connection["because"]}");
        }

        var dead = (await GetAsync(http, "/v1/deliveries?status=dead&limit=1", cancellationToken))["data"]!.AsArray();
        healthy &= Say(dead.Count == 0, "dead letters", dead.Count == 0 ? "none" : "there are some; read the reason, mend the endpoint, then POST /v1/deliveries/{id}/retry");
        return healthy ? CommandRunner.Done : CommandRunner.Failed;
    }

    private static bool Say(bool good, string what, string how)
    {
        AnsiConsole.Markup(good ? "[green]ok[/]   " : "[red]look[/] ");
        AnsiConsole.MarkupLineInterpolated($"{what}: {how}");
        return good;
    }

    private static async Task<JsonNode> GetAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new CommandFailedException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}
