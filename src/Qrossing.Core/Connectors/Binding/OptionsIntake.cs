using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Errors;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>Takes options in: seals plain secrets, binds and validates, checks every URL against the egress rule. What comes out may be stored.</summary>
internal sealed class OptionsIntake(KeyRing keys, EgressPolicy egress)
{
    private const string Root = "/options";
    private const string Marker = "secret";
    private const string MarkerValue = "sealed";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Options as shown: sealed secrets hidden, references as they are.</summary>
    public static JsonObject Hidden(ReadOnlyMemory<byte> stored, ConnectorDescription description)
    {
        var options = JsonNode.Parse(stored.Span)!.AsObject();
        OptionsWalk.Replace<SecretRef>(options, description.OptionsType, static (secret, _) =>
            secret is JsonValue text && text.TryGetValue<string>(out var place) && SecretText.IsReference(place)
                ? secret
                : new JsonObject { [Marker] = MarkerValue });
        return options;
    }

    /// <summary>Takes options in.</summary>
    /// <param name="description">The kind.</param>
    /// <param name="connection">Whose they are: secrets are bound to it.</param>
    /// <param name="given">As given.</param>
    /// <param name="stored">As stored until now, for secrets that are kept; null for a new connection.</param>
    /// <param name="plainAllowed">Whether secrets may be given as plain text.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    public async Task<Result<byte[]>> TakeAsync(
        ConnectorDescription description, (TenantId Tenant, string Id) connection, JsonElement given, ReadOnlyMemory<byte>? stored, bool plainAllowed, CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        if (Parse(given, errors) is not { } options)
        {
            return Invalid(errors);
        }

        await keys.EnsureAsync(connection.Tenant, [KeyPurposes.Secrets], cancellationToken);
        var kept = stored is { } old ? Secrets(old, description) : [];
        OptionsWalk.Replace<SecretRef>(options, description.OptionsType, (secret, pointer) => Sealed(secret, pointer, connection, kept, plainAllowed, errors));
        var bound = OptionsReader.Read(description.OptionsType, JsonSerializer.SerializeToElement(options), Root);
        errors.AddRange(bound.Errors.Where(error => errors.All(earlier => earlier.Pointer != error.Pointer)));
        if (errors.Count > 0)
        {
            return Invalid(errors);
        }

        return await RefusedAsync(options, description, cancellationToken) is { } refusal ? refusal : JsonSerializer.SerializeToUtf8Bytes(options);
    }

    private static JsonObject? Parse(JsonElement given, List<FieldError> errors)
    {
        try
        {
            if (given.ValueKind == JsonValueKind.Object)
            {
                return JsonNode.Parse(given.GetRawText(), documentOptions: Strict)!.AsObject();
            }

            errors.Add(new FieldError(Root, "type", "An object is expected."));
        }
        catch (JsonException repeated)
        {
            errors.Add(new FieldError(Root, "repeated", repeated.Message));
        }

        return null;
    }

    private static Dictionary<string, JsonNode> Secrets(ReadOnlyMemory<byte> stored, ConnectorDescription description)
    {
        var found = new Dictionary<string, JsonNode>();
        OptionsWalk.Replace<SecretRef>(JsonNode.Parse(stored.Span)!.AsObject(), description.OptionsType, (secret, pointer) =>
        {
            found[pointer] = secret;
            return secret;
        });
        return found;
    }

    private JsonNode Sealed(
        JsonNode secret, string pointer, (TenantId Tenant, string Id) connection, Dictionary<string, JsonNode> kept, bool plainAllowed, List<FieldError> errors)
    {
        if (secret is JsonObject { Count: 1 } marker && marker[Marker] is JsonValue mark && mark.TryGetValue<string>(out var word) && word == MarkerValue)
        {
            return kept.TryGetValue(pointer, out var old) ? old.DeepClone() : Wrong("required", "There is no stored secret to keep: give one.");
        }

        if (secret is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length == 0 || SecretText.IsReference(text))
        {
            return secret; // a reference, or a mistake that the reader explains
        }

        if (SecretText.IsSealed(text))
        {
            return Wrong("format", "An envelope cannot be given: give the secret, 'env:NAME' or 'file:PATH'.");
        }

        return plainAllowed
            ? JsonValue.Create(keys.Seal(connection.Tenant, KeyPurposes.Secrets, Encoding.UTF8.GetBytes(text), SecretReader.ContextOf(connection.Id)))
            : Wrong("secret_reference", "A secret in a file is a reference: 'env:NAME' or 'file:PATH'.");

        JsonNode Wrong(string code, string message)
        {
            errors.Add(new FieldError(Root + pointer, code, message));
            return secret;
        }
    }

    private async Task<Refusal?> RefusedAsync(JsonObject options, ConnectorDescription description, CancellationToken cancellationToken)
    {
        var urls = new List<(string Pointer, Uri Url)>();
        OptionsWalk.Replace<Uri>(options, description.OptionsType, (url, pointer) =>
        {
            urls.Add((pointer, new Uri(url.GetValue<string>())));
            return url;
        });
        var errors = new List<FieldError>();
        foreach (var (pointer, url) in urls)
        {
            if (await egress.CheckAsync(url, cancellationToken) is { } refused)
            {
                errors.Add(new FieldError(Root + pointer, "egress", refused.PeerText ?? refused.Code));
            }
        }

        return errors.Count == 0 ? null : new Refusal(ConnectorErrors.EgressRefused, "The connection's address is not allowed.") { Errors = errors };
    }

    private static Refusal Invalid(List<FieldError> errors) => new(ConnectorErrors.OptionsInvalid, "The connection's settings are not valid.") { Errors = errors };
}
