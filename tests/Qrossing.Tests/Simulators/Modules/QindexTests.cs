using System.Net;
using System.Text.Json.Nodes;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "contract")]
public sealed class QindexTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private Task<(HttpStatusCode Status, JsonNode Body)> PutAsync(string key, string value = "{}", params (string, string)[] headers) =>
        simulator.SendAsync("POST", "/qindex/qindex/put", $$"""{"key":"{{key}}","value":{{value}}}""", headers);

    [Fact]
    public async Task Put_new_key_answers_bare_201_with_first_version_and_content_id()
    {
        var (status, body) = await PutAsync("object/new");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.True((bool)body["success"]!);
        Assert.Equal("object/new", (string)body["key"]!);
        Assert.Equal("1", (string)body["version"]!);
        Assert.Matches("^qindex_[0-9a-f]{64}$", (string)body["cid"]!);
        Assert.Equal(simulator.Now, (string)body["timestamp"]!);
        Assert.Null(body["status"]);
    }

    [Fact]
    public async Task Get_returns_what_was_put_with_identity_header_in_metadata()
    {
        await simulator.SendAsync("POST", "/qindex/qindex/put", """{"key":"object/read","value":{"a":[1,2]},"metadata":{"tags":["x"]}}""", ("x-identity-id", "squid_ada"));

        var (status, body) = await simulator.SendAsync("GET", "/qindex/qindex/get/object%2Fread");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"a":[1,2]}""", body["value"]!.ToJsonString());
        Assert.Equal("squid_ada", (string)body["metadata"]!["identity"]!);
        Assert.Equal("application/json", (string)body["metadata"]!["contentType"]!);
        Assert.Equal("x", (string)body["metadata"]!["tags"]![0]!);
        Assert.Equal("1", (string)body["version"]!);
    }

    [Fact]
    public async Task Get_with_version_returns_that_version_and_unknown_ones_are_404()
    {
        await PutAsync("versions", "1");
        await PutAsync("versions", "2");

        var (_, first) = await simulator.SendAsync("GET", "/qindex/qindex/get/versions?version=1");
        var (_, latest) = await simulator.SendAsync("GET", "/qindex/qindex/get/versions");
        var (missing, body) = await simulator.SendAsync("GET", "/qindex/qindex/get/versions?version=3");

        Assert.Equal((1, "1"), ((int)first["value"]!, (string)first["version"]!));
        Assert.Equal((2, "2"), ((int)latest["value"]!, (string)latest["version"]!));
        Assert.Equal(HttpStatusCode.NotFound, missing);
        Assert.Equal("Record not found", (string)body["error"]!);
        Assert.Equal("versions", (string)body["key"]!);
    }

    [Fact]
    public async Task Concurrent_puts_of_one_key_give_every_version_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(number => PutAsync("contended", number.ToString())));

        Assert.Equal(Enumerable.Range(1, 40), answers.Select(answer => int.Parse((string)answer.Body["version"]!)).Order());
        var (_, history) = await simulator.SendAsync("GET", "/qindex/qindex/history/contended?limit=100");
        Assert.Equal(40, (int)history["total"]!);
        Assert.Equal(Enumerable.Range(1, 40).Reverse(), history["history"]!.AsArray().Select(entry => int.Parse((string)entry!["version"]!)));
        Assert.Equal(40, await simulator.AppliedAsync("qindex", "put", "contended"));
    }

    [Fact]
    public async Task Delete_hides_the_key_keeps_its_history_and_the_next_put_starts_at_version_1()
    {
        await PutAsync("deleted");
        await PutAsync("deleted");

        var (status, body) = await simulator.SendAsync("DELETE", "/qindex/qindex/delete/deleted");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool)body["success"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await simulator.SendAsync("GET", "/qindex/qindex/get/deleted")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await simulator.SendAsync("DELETE", "/qindex/qindex/delete/deleted")).Status);

        Assert.Equal("1", (string)(await PutAsync("deleted")).Body["version"]!);
        var (_, history) = await simulator.SendAsync("GET", "/qindex/qindex/history/deleted");
        Assert.Equal(["create", "delete", "update", "create"], history["history"]!.AsArray().Select(entry => (string)entry!["operation"]!));
    }

    [Fact]
    public async Task History_of_unknown_key_is_empty()
    {
        var (status, body) = await simulator.SendAsync("GET", "/qindex/qindex/history/never");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, (int)body["total"]!);
        Assert.False((bool)body["hasMore"]!);
    }

    [Fact]
    public async Task Record_past_its_ttl_is_gone()
    {
        await simulator.SendAsync("POST", "/qindex/qindex/put", """{"key":"brief","value":1,"metadata":{"ttl":60}}""");

        simulator.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(HttpStatusCode.NotFound, (await simulator.SendAsync("GET", "/qindex/qindex/get/brief")).Status);
    }

    [Fact]
    public async Task List_filters_by_prefix_and_tag_and_pages()
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            await simulator.SendAsync("POST", "/qindex/qindex/put", $$"""{"key":"list/{{name}}","value":1,"metadata":{"tags":["{{name}}"]} }""");
            simulator.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var (_, page) = await simulator.SendAsync("GET", "/qindex/qindex/list?prefix=list/&limit=2&sort=created_asc");
        Assert.Equal(["list/a", "list/b"], page["records"]!.AsArray().Select(record => (string)record!["key"]!));
        Assert.Equal((3, true, "2"), ((int)page["total"]!, (bool)page["hasMore"]!, (string)page["nextCursor"]!));

        var (_, tagged) = await simulator.SendAsync("GET", "/qindex/qindex/list?prefix=list/&tags=b,c");
        Assert.Equal(["list/c", "list/b"], tagged["records"]!.AsArray().Select(record => (string)record!["key"]!));
        Assert.Null(tagged["nextCursor"]);
    }

    [Fact]
    public async Task Stats_and_health_answer_bare()
    {
        await PutAsync("counted");

        var (_, stats) = await simulator.SendAsync("GET", "/qindex/qindex/stats");
        var (_, health) = await simulator.SendAsync("GET", "/qindex/health");

        Assert.True((int)stats["pointers"]!["totalPointers"]! >= 1);
        Assert.True((int)stats["pointers"]!["byContentType"]!["application/json"]! >= 1);
        Assert.Equal("healthy", (string)health["status"]!);
    }

    [Theory]
    [InlineData("""{"value":1}""", "key")]
    [InlineData("""{"key":"k"}""", "value")]
    [InlineData("""{"key":"k","value":null}""", "value")]
    [InlineData("""{"key":"no spaces","value":1}""", "key")]
    [InlineData("""{"key":"k\n","value":1}""", "key")]
    [InlineData("""{"key":7,"value":1}""", "key")]
    [InlineData("""{"key":"k","value":1,"metadata":{"ttl":0}}""", "metadata.ttl")]
    [InlineData("""{"key":"k","value":1,"metadata":{"tags":"x"}}""", "metadata.tags")]
    [InlineData("""{"key":"k","value":1,"metadata":[]}""", "metadata")]
    [InlineData("""{"key":"k","value":1,"options":{"pin":"yes"}}""", "options.pin")]
    [InlineData("[]", "")]
    public async Task Put_of_bad_body_answers_400_naming_the_member(string json, string field)
    {
        var (status, body) = await simulator.SendAsync("POST", "/qindex/qindex/put", json);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Validation Error", (string)body["error"]!);
        Assert.Contains(field, body["details"]!.AsArray().Select(detail => (string)detail!["field"]!));
    }

    [Theory]
    [InlineData("GET", "/qindex/qindex/get/bad%20key")]
    [InlineData("GET", "/qindex/qindex/list?limit=0")]
    [InlineData("GET", "/qindex/qindex/list?limit=1e3")]
    [InlineData("GET", "/qindex/qindex/list?sort=random")]
    [InlineData("GET", "/qindex/qindex/history/k?offset=-1")]
    public async Task Bad_key_or_query_answers_400(string method, string path)
    {
        var (status, body) = await simulator.SendAsync(method, path);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Validation Error", (string)body["error"]!);
    }

    [Theory]
    [InlineData("GET", "/qindex/qindex/get/two/segments")]
    [InlineData("GET", "/qindex/qindex/put")]
    [InlineData("GET", "/qindex/put")]
    [InlineData("POST", "/qindex")]
    public async Task Unknown_route_or_method_answers_404_in_the_module_envelope(string method, string path)
    {
        var (status, body) = await simulator.SendAsync(method, path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("Not Found", (string)body["error"]!);
    }

    [Fact]
    public async Task Body_that_is_no_JSON_answers_400_and_applies_nothing()
    {
        var (status, body) = await simulator.SendAsync("POST", "/qindex/qindex/put", """{"key":"torn","value":""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Validation Error", (string)body["error"]!);
        Assert.Equal(0, await simulator.AppliedAsync("qindex", "put", "torn"));
    }
}
