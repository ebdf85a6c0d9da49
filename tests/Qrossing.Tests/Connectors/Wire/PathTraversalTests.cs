using Qrossing.Connectors.Wire;

namespace Qrossing.Tests.Connectors.Wire;

[Trait("Kind", "unit")]
public sealed class PathTraversalTests
{
    [Theory]
    [InlineData("..")]
    [InlineData("/a/./b")]
    [InlineData("/a/../b")]
    [InlineData("a\\..\\b")]
    [InlineData("/%2e%2E/b")]
    [InlineData("x%2f..%2Fy")]
    [InlineData("%252e%252e")]
    [InlineData("a/%2e")]
    public void Path_with_a_dot_segment_in_any_spelling_is_found(string path) => Assert.True(PathTraversal.IsIn(path));

    [Theory]
    [InlineData("")]
    [InlineData("/a/b.c/...")]
    [InlineData("/orders/a..b")]
    [InlineData("/%20/x%2Fy")]
    [InlineData("100%")]
    public void Path_without_dot_segments_is_left_alone(string path) => Assert.False(PathTraversal.IsIn(path));
}
