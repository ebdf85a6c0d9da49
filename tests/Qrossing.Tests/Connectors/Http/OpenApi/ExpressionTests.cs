using System.Text.Json;
using Qrossing.Connectors.Http.OpenApi.Expressions;

namespace Qrossing.Tests.Connectors.Http.OpenApi;

[Trait("Kind", "unit")]
public sealed class ExpressionTests
{
    private static readonly ExpressionScope Scope = new()
    {
        Parameters = JsonElement.Parse("""{"id":7,"a/b":true}"""),
        Body = JsonElement.Parse("""{"reference":"r == 1","list":[],"nothing":null}"""),
        IdempotencyKey = "eff_1",
        Reply = JsonElement.Parse("""{"orders":[{"reference":"r == 1","amount":1.0}]}"""),
    };

    [Theory]
    [InlineData("/reply/orders/0", true)]
    [InlineData("/reply/orders/1", false)]
    [InlineData("/reply/orders/00", false)]
    [InlineData("/body/list", false)]
    [InlineData("/body/nothing", false)]
    [InlineData("/parameters/a~1b", true)]
    [InlineData("/reply/orders/0/reference == /body/reference", true)]
    [InlineData("/reply/orders/0/reference == \"r == 1\"", true)]
    [InlineData("/reply/orders/0/amount == 1", true)]
    [InlineData("/idempotencyKey == \"eff_1\"", true)]
    [InlineData("/reply/missing == /body/missing", false)]
    [InlineData("/reply/missing != 1", true)]
    [InlineData("/parameters/id != 7", false)]
    [InlineData("true", true)]
    public void Condition_holds_as_documented(string text, bool holds) => Assert.Equal(holds, Condition.Parse(text)!.Holds(Scope));

    [Theory]
    [InlineData("/reply/orders/0", true)]
    [InlineData("/reply/orders/1", true)]
    [InlineData("/reply/orders/1/reference == 7", true)]
    [InlineData("/reply/orders/00", false)]
    [InlineData("/reply/orders/0/missing", false)]
    [InlineData("/reply/missing", false)]
    [InlineData("/reply/missing != 1", false)]
    [InlineData("1 == /reply/items/0", false)]
    [InlineData("/reply/orders/0/reference/deeper", false)]
    [InlineData("/body/missing == 1", true)]
    public void Reply_without_the_member_that_is_pointed_at_answers_nothing(string text, bool answered) => Assert.Equal(answered, Condition.Parse(text)!.IsAnswered(Scope));

    [Theory]
    [InlineData("")]
    [InlineData("reply/orders")]
    [InlineData("/secrets/x")]
    [InlineData("/reply ==")]
    [InlineData("a == b == c")]
    [InlineData("/")]
    public void Text_that_is_no_condition_is_refused(string text) => Assert.Null(Condition.Parse(text));
}
