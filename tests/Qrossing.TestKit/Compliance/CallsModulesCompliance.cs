using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;

namespace Qrossing.TestKit.Compliance;

/// <summary>What <see cref="CallsModulesCompliance"/> needs of a module.</summary>
public interface ICallsModulesFixture : ITroublesPeer
{
    /// <summary>A write that the module can look up, different for each name.</summary>
    ModuleRequest Write(string name);

    /// <summary>How often that write was really done.</summary>
    Task<int> AppliedAsync(ModuleRequest write);
}

/// <summary>Rules for <see cref="ICallsModules"/>.</summary>
public sealed class CallsModulesCompliance(ConnectorFixture fixture) : ComplianceSuite<ICallsModules, ICallsModulesFixture>(fixture)
{
    public async Task A_write_goes_through_once_and_is_found()
    {
        var write = Peer.Write("one");
        var reply = Demand.Success(await CallAsync(write));
        Demand.That(reply is { Status: >= 200 and < 300, Body.Length: > 0 }, $"The module answered {reply.Status}.");
        Demand.That(await LookUpAsync(write) is Lookup<ModuleReply>.Found, "The write is not found.");
        Demand.That(await Peer.AppliedAsync(write) == 1, "The write was not done exactly once.");
    }

    public async Task Applied_with_a_lost_reply_is_unknown_and_then_found()
    {
        var write = Peer.Write("lost");
        await Peer.TroubleNextWriteAsync(PeerTrouble.AppliesThenCloses);
        Demand.Fault(await CallAsync(write), FaultKind.Indeterminate);
        Demand.That(await LookUpAsync(write) is Lookup<ModuleReply>.Found, "The write is not found.");
        Demand.That(await Peer.AppliedAsync(write) == 1, "The write was not done exactly once.");
    }

    public async Task Not_applied_with_a_lost_reply_is_unknown_and_then_absent()
    {
        var write = Peer.Write("unheard");
        await Peer.TroubleNextWriteAsync(PeerTrouble.Closes);
        Demand.Fault(await CallAsync(write), FaultKind.Indeterminate);
        Demand.That(await LookUpAsync(write) is Lookup<ModuleReply>.DefinitelyAbsent, "The write is not absent.");
    }

    public async Task A_request_without_lookup_cannot_be_told()
    {
        var write = Peer.Write("other") with { PathAndQuery = "/somewhere/else" };
        Demand.That(await LookUpAsync(write) is Lookup<ModuleReply>.CannotTell, "A request that nothing can look up was judged.");
    }

    public async Task A_path_cannot_climb_out_of_the_module()
    {
        foreach (var path in new[] { "/../other", "/a/%2e%2e/%2E%2e/other", "/a/..%2f..%2fother", "other", "/a\\..\\other" })
        {
            Demand.Fault(await CallAsync(Peer.Write("x") with { PathAndQuery = path }), FaultKind.Invalid);
        }
    }

    public async Task A_prepared_request_is_addressed_to_the_module_and_sends_nothing()
    {
        var write = Peer.Write("prepared");
        var prepared = Demand.Success(await Connector.PrepareModuleCallAsync(write, Fixture.Calls.Create(), CancellationToken.None));
        Demand.That(prepared.Target.AbsoluteUri == Connector.Route.BaseUrl + write.PathAndQuery, $"'{prepared.Target}' is not the module's.");
        Demand.That(!prepared.Headers.ContainsKey("Host") && !prepared.Headers.ContainsKey("Content-Length"), "Headers of one hop were prepared.");
        Demand.That(await Peer.AppliedAsync(write) == 0, "The peer was called.");
    }

    public Task The_route_is_an_address_without_trailing_slash()
    {
        var route = Connector.Route;
        Demand.That(Uri.TryCreate(route.BaseUrl, UriKind.Absolute, out _) && !route.BaseUrl.EndsWith('/'), $"'{route.BaseUrl}' is no base URL.");
        Demand.That(route.IdFormat.Length > 0 && route.Dialect.Length > 0 && route.Signer.Length > 0, "The route leaves something open.");
        return Task.CompletedTask;
    }

    private ValueTask<ConnectorResult<ModuleReply>> CallAsync(ModuleRequest request) =>
        Connector.CallModuleAsync(request, Fixture.Calls.Create(), CancellationToken.None);

    private async Task<Lookup<ModuleReply>> LookUpAsync(ModuleRequest request) =>
        Demand.Success(await Connector.LookUpModuleCallAsync(request, Fixture.Calls.Create(), CancellationToken.None));
}
