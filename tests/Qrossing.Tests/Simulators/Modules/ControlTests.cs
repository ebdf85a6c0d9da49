using System.Net;
using System.Text;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "contract")]
public sealed class ControlTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    [Fact]
    public async Task State_counts_applied_operations_per_key_and_no_refused_or_read_ones()
    {
        var (_, before) = await simulator.SendAsync("GET", "/_control/state"); // the simulator is that of all tests here
        await simulator.CreateIdentityAsync("Counted");
        await simulator.CreateIdentityAsync("Counted");
        await simulator.SendAsync("POST", "/squid/identity", "{}");

        var (_, state) = await simulator.SendAsync("GET", "/_control/state");

        Assert.Equal(2, await simulator.AppliedAsync("squid", "create_identity", "Counted"));
        Assert.Equal(["squid", "qonsent", "qindex", "qerberos"], state["modules"]!.AsObject().Select(module => module.Key));
        Assert.Equal(2, (long)state["modules"]!["squid"]!["total"]! - (long)before["modules"]!["squid"]!["total"]!);
    }

    [Fact]
    public async Task Requests_shows_what_arrived_with_headers_fault_and_status()
    {
        await simulator.SetFaultsAsync("""[{"match":{"path":"/qindex/qindex/get/a%2Fb"},"fault":"status","status":500}]""");
        await simulator.SendAsync("GET", "/qindex/qindex/get/a%2Fb?version=1", null, ("X-Correlation-Id", "c-1"));
        await simulator.SetFaultsAsync("[]");

        var (_, body) = await simulator.SendAsync("GET", "/_control/requests");
        var request = body["requests"]!.AsArray()[^1]!;

        Assert.Equal(("qindex", "GET", "/qindex/qindex/get/a%2Fb", "?version=1"), ((string)request["module"]!, (string)request["method"]!, (string)request["path"]!, (string)request["query"]!));
        Assert.Equal(("c-1", "status", 500), ((string)request["headers"]!["x-correlation-id"]!, (string)request["fault"]!, (int)request["status"]!));
    }

    [Fact]
    public async Task Requests_keeps_the_last_1000()
    {
        for (var number = 0; number < 1_005; number++)
        {
            using var response = await simulator.Http.GetAsync("/squid/health", TestContext.Current.CancellationToken);
        }

        var requests = (await simulator.SendAsync("GET", "/_control/requests")).Body["requests"]!.AsArray();

        Assert.Equal(1_000, requests.Count);
        Assert.Equal(999, (long)requests[^1]!["sequence"]! - (long)requests[0]!["sequence"]!);
    }

    [Fact]
    public async Task Invalid_rules_answer_422_and_leave_those_in_force()
    {
        await simulator.SetFaultsAsync("""[{"match":{"module":"qonsent"},"fault":"close"}]""");

        var (status, problem) = await simulator.SendAsync("POST", "/_control/faults", """[{"fault":"explode"}]""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("simulator.fault_rules_invalid", (string)problem["code"]!);
        Assert.Equal("/0/fault", (string)problem["errors"]![0]!["pointer"]!);
        Assert.Contains("applied_then_timeout", (string)problem["errors"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Equal("close", (string)(await simulator.SendAsync("GET", "/_control/faults")).Body["rules"]![0]!["fault"]!);
    }

    [Fact]
    public async Task Form_that_a_web_page_could_post_answers_415()
    {
        using var response = await simulator.Http.PostAsync("/_control/faults", new StringContent("[]", Encoding.UTF8, "text/plain"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Host_name_that_is_not_loopback_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_control/state") { Headers = { Host = "rebound.example" } };
        using var response = await simulator.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"verificationLevel":"SUPREME"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"level":"BASIC"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    public async Task Bad_decision_about_an_identity_is_refused(string decision, HttpStatusCode expected)
    {
        var identity = await simulator.CreateIdentityAsync("Decided");

        Assert.Equal(expected, (await simulator.SendAsync("POST", $"/_control/squid/identity/{identity["did"]}", decision)).Status);
    }

    [Fact]
    public async Task Decision_about_an_unknown_identity_answers_404() =>
        Assert.Equal("simulator.identity_not_found", (string)(await simulator.SendAsync("POST", "/_control/squid/identity/none", "{}")).Body["code"]!);
}
