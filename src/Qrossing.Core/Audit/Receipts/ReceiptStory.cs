using System.Text.Json;
using Qrossing.Core.Effects;
using Qrossing.Formats.Json;

namespace Qrossing.Core.Audit.Receipts;

/// <summary>
/// Follows the transitions that the entries of a receipt tell of: each begins where the one before ended, the first one at <c>recorded</c>, and the last one ends
/// at the phase that the receipt claims. Their payloads name the same kind, connection, client and request as the receipt does.
/// </summary>
internal sealed class ReceiptStory(JsonElement receipt)
{
    private const string Prefix = "effects.";

    private static readonly HashSet<string> Phases = [.. Enum.GetValues<EffectPhase>().Select(phase => Prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName(phase.ToString()))];

    /// <summary>Members of a payload and of the receipt's <c>effect</c> that say the same.</summary>
    private static readonly (string Told, string Claimed)[] Same =
        [("kind", "kind"), ("connection", "connection"), ("client", "principal"), ("requestDigest", "requestDigest")];

    private readonly JsonElement _effect = receipt.GetProperty("effect");
    private readonly bool _isWhole = receipt.GetProperty("entriesPending").GetInt64() == 0;
    private string _phase = "recorded";

    /// <summary>An entry whose payload is there.</summary>
    public void Tell(long leaf, string action, ReadOnlyMemory<byte> payload, List<string> problems)
    {
        if (!Phases.Contains(action))
        {
            return; // about the effect, and no transition
        }

        if (!StrictJson.TryParse(payload, out var document, out _) || document.RootElement.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"The payload of entry {leaf} is not a JSON object.");
            return;
        }

        using (document)
        {
            var told = document.RootElement;
            var (from, to) = (Text(told, "from"), Text(told, "to"));
            if (from != _phase || Prefix + to != action)
            {
                problems.Add($"Entry {leaf} tells of '{from}' to '{to}' as {action} where the effect was '{_phase}'.");
            }

            foreach (var (name, claimed) in Same.Where(pair => Text(told, pair.Told) is not { } text || text != Text(_effect, pair.Claimed)))
            {
                problems.Add($"The {claimed} of the receipt is not the {name} of entry {leaf}.");
            }
        }

        _phase = action[Prefix.Length..];
    }

    /// <summary>An entry whose payload was erased: its action still says where it led to.</summary>
    public void Skip(string action) => _phase = Phases.Contains(action) ? action[Prefix.Length..] : _phase;

    /// <summary>After the last entry. While entries are pending the story is not at its end.</summary>
    public void End(List<string> problems)
    {
        if (_isWhole && _phase != Text(_effect, "phase"))
        {
            problems.Add($"The entries end at '{_phase}', the receipt says '{Text(_effect, "phase")}'.");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
