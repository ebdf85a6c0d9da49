using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.Gateway.Authorization;
using Qrossing.Tests.Core;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "security")]
public sealed class DenialAuditWorkerTests
{
    [Fact]
    public async Task Refusals_are_one_entry_per_source_and_reason_with_their_count()
    {
        await using var world = await World.StartAsync();
        using var worker = new DenialAuditWorker(world.Get<IWriter>(), TimeProvider.System, NullLogger<DenialAuditWorker>.Instance);
        for (var i = 0; i < 3; i++)
        {
            worker.Refused(From("127.0.0.1"), world.Context.Caller, "access.environment_mismatch");
        }

        worker.Refused(From("127.0.0.2"), world.Context.Caller, "access.environment_mismatch");
        worker.Unauthenticated(From("127.0.0.2"));
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal(
            [("127.0.0.1", "access.environment_mismatch", 3), ("127.0.0.2", "access.environment_mismatch", 1), ("127.0.0.2", "access.unauthenticated", 1)],
            (await EntriesAsync(world)).Order());
    }

    [Fact]
    public async Task Sources_beyond_the_thousandth_count_as_one()
    {
        await using var world = await World.StartAsync();
        using var worker = new DenialAuditWorker(world.Get<IWriter>(), TimeProvider.System, NullLogger<DenialAuditWorker>.Instance);
        for (var i = 0; i < 1_010; i++)
        {
            worker.Unauthenticated(From($"10.0.{i / 256}.{i % 256}"));
        }

        await worker.StopAsync(CancellationToken.None);

        var entries = await EntriesAsync(world);
        Assert.Equal(1_001, entries.Count);
        Assert.Equal(("others", "access.unauthenticated", 10), entries.Single(entry => entry.Source == "others"));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    private static async Task<List<(string Source, string Reason, int Count)>> EntriesAsync(World world)
    {
        var reader = world.Get<AuditReader>();
        return [.. (await world.Get<IAuditStore>().ReadAsync(0, 2_000, CancellationToken.None))
            .Where(record => record.Tenant == TenantId.Default)
            .Select(record => System.Text.Json.JsonElement.Parse(reader.Open(record)!.Bytes))
            .Select(payload => (payload.GetProperty("source").GetString()!, payload.GetProperty("reason").GetString()!, payload.GetProperty("count").GetInt32()))];
    }
}
