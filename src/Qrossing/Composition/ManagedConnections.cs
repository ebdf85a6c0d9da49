using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Storage;

namespace Qrossing.Composition;

/// <summary>The connections that configuration and the product itself bring: the built-in store, and the short form <c>Modules:{name}</c>. Applied at every start.</summary>
internal sealed class ManagedConnections(ConnectionDirectory connections)
{
    /// <summary>Makes or updates them. What cannot be applied stops the start, except another peer for a connection in use: it keeps the old one, with a warning, so that the effects under way can end.</summary>
    public async Task ApplyAsync(IReadOnlyDictionary<string, ModuleOptions> modules, CancellationToken cancellationToken)
    {
        await ApplyAsync(Objects.DefaultConnection, "cloud.local", [], ConnectionAuthor.System, cancellationToken);
        foreach (var (name, module) in modules)
        {
            await ApplyAsync(name, "modules.anarq", Options(name, module), ConnectionAuthor.File, cancellationToken);
        }
    }

    private static JsonObject Options(string name, ModuleOptions module)
    {
        var options = new JsonObject { ["module"] = name, ["baseUrl"] = module.BaseUrl!.ToString(), ["prefix"] = module.Prefix };
        Add("dialect", module.Dialect);
        Add("idFormat", module.IdFormat);
        Add("signer", module.Signer);
        Add("absenceHorizon", module.AbsenceHorizon?.ToString("c"));
        return options;

        void Add(string member, string? value)
        {
            if (value is not null)
            {
                options[member] = value;
            }
        }
    }

    private async Task ApplyAsync(string id, string kind, JsonObject options, ConnectionAuthor by, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(options.ToJsonString());
        var draft = new ConnectionDraft { Tenant = TenantId.Default, Id = id, Kind = kind, Options = document.RootElement };
        var applied = await connections.ApplyAsync(draft, by, cancellationToken);
        if (applied.Refusal is { } refusal && refusal.Error != ConnectorErrors.InUse)
        {
            throw new ConfigurationException([$"Connection '{id}': {refusal.Detail}", .. refusal.Errors.Select(error => $"Connection '{id}' {error.Pointer}: {error.Message}")]);
        }
    }
}
