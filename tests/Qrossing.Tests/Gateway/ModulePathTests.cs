using Microsoft.AspNetCore.Http;
using Qrossing.Gateway.Proxy;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "unit")]
public sealed class ModulePathTests
{
    [Theory]
    [InlineData("/m/qindex", "")]
    [InlineData("/m/qindex/", "/")]
    [InlineData("/m/qindex/qindex/get/a%2Fb", "/qindex/get/a%2Fb")]
    [InlineData("/m/m/m/m", "/m/m")]
    public void Rest_of_the_path_goes_on_unchanged(string path, string rest) => Assert.Equal(rest, ModuleTransformer.RestOf(new PathString(path)).Value ?? string.Empty);

    [Fact]
    public void Headers_of_this_hop_and_credentials_stay_here()
    {
        var http = new DefaultHttpContext();
        foreach (var name in new[] { "Authorization", "X-Api-Key", "Cookie", "Idempotency-Key", "Connection", "Transfer-Encoding", "Host", "Content-Length", "X-Named", "traceparent" })
        {
            http.Request.Headers[name] = "x";
        }

        http.Request.Headers.Connection = "close, X-Named";
        http.Request.Headers["x-squid-id"] = "squid_abc";
        http.Request.ContentType = "application/json";

        Assert.Equal(["Content-Type", "x-squid-id"], ModuleHeaders.EndToEnd(http).Keys.Order(StringComparer.Ordinal));
    }
}
