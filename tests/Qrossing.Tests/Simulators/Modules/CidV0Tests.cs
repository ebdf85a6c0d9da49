using System.Text;
using Qrossing.Simulators.Modules.Qerberos;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "unit")]
public sealed class CidV0Tests
{
    /// <summary>The widely published CIDs of the empty file and of <c>hello world\n</c> as added by Kubo.</summary>
    [Theory]
    [InlineData("", "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH")]
    [InlineData("hello world\n", "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o")]
    public void Of_gives_what_ipfs_add_gives(string content, string cid) => Assert.Equal(cid, CidV0.Of(Encoding.UTF8.GetBytes(content)));
}
