using System.Text;
using Qrossing.Simulators.Modules.Faults;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "unit")]
public sealed class FaultRulesTests
{
    private static (IReadOnlyList<FaultRule> Rules, IReadOnlyList<FaultRuleError> Errors) Parse(string json) =>
        FaultRulesWire.Parse(Encoding.UTF8.GetBytes(json), ["squid", "qindex"]);

    [Fact]
    public void Rule_with_every_member_is_read()
    {
        var (rules, errors) = Parse("""[{"match":{"module":"qindex","method":"POST","path":"/q*","header":"a: b"},"fault":"status","status":503,"times":2,"after":1,"retryAfterSeconds":3}]""");

        Assert.Empty(errors);
        Assert.Equal(
            new FaultRule(new FaultMatch { Module = "qindex", Method = "POST", Path = "/q*", Header = "a: b" }, FaultKind.Status) { Status = 503, Times = 2, After = 1, RetryAfterSeconds = 3 },
            Assert.Single(rules));
    }

    [Fact]
    public void Every_kind_has_one_name() => Assert.Equal(Enum.GetValues<FaultKind>().Order(), FaultKinds.ByName.Values.Order());

    [Theory]
    [InlineData("{}", "")]
    [InlineData("[", "")]
    [InlineData("[1]", "/0")]
    [InlineData("[{}]", "/0/fault")]
    [InlineData("""[{"fault":"applied_then_timout"}]""", "/0/fault")]
    [InlineData("""[{"fault":3}]""", "/0/fault")]
    [InlineData("""[{"fault":"close","tmies":1}]""", "/0/tmies")]
    [InlineData("""[{"fault":"close","a/b":1}]""", "/0/a~1b")]
    [InlineData("""[{"fault":"close","fault":"slow"}]""", "")]
    [InlineData("""[{"fault":"close","match":{"modul":"qindex"}}]""", "/0/match/modul")]
    [InlineData("""[{"fault":"close","match":{"module":"qlock"}}]""", "/0/match/module")]
    [InlineData("""[{"fault":"close","match":{"path":"qindex"}}]""", "/0/match/path")]
    [InlineData("""[{"fault":"close","match":{"path":"/a*b"}}]""", "/0/match/path")]
    [InlineData("""[{"fault":"close","match":{"header":""}}]""", "/0/match/header")]
    [InlineData("""[{"fault":"close","match":[]}]""", "/0/match")]
    [InlineData("""[{"fault":"status"}]""", "/0/status")]
    [InlineData("""[{"fault":"status","status":200}]""", "/0/status")]
    [InlineData("""[{"fault":"close","status":500}]""", "/0/status")]
    [InlineData("""[{"fault":"slow"}]""", "/0/delayMs")]
    [InlineData("""[{"fault":"slow","delayMs":120001}]""", "/0/delayMs")]
    [InlineData("""[{"fault":"close","times":0}]""", "/0/times")]
    [InlineData("""[{"fault":"close","after":-1}]""", "/0/after")]
    [InlineData("""[{"fault":"close","after":1.5}]""", "/0/after")]
    [InlineData("""[{"fault":"garbage","retryAfterSeconds":1}]""", "/0/retryAfterSeconds")]
    public void Invalid_rule_is_refused_with_a_pointer(string json, string pointer)
    {
        var (rules, errors) = Parse(json);

        Assert.Empty(rules);
        Assert.Contains(pointer, errors.Select(error => error.Pointer));
    }

    [Fact]
    public void All_errors_are_reported_at_once() =>
        Assert.Equal(["/0/fault", "/1/x", "/1/times"], Parse("""[{"fault":"nope"},{"fault":"close","x":1,"times":0}]""").Errors.Select(error => error.Pointer));
}
