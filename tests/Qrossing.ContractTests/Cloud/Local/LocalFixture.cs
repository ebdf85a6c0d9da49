using Qrossing.Connectors.Cloud.Local;
using Qrossing.TestKit.Compliance;

namespace Qrossing.ContractTests.Cloud.Local;

/// <summary>cloud.local on a real folder.</summary>
[ConnectorFixture("cloud.local")]
internal sealed class LocalFixture : ConnectorFixture, IStoresObjectsFixture
{
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override object CreateConnector(Type capability) => new LocalConnector(new LocalOptions());

    public async Task DamageAsync(string cid, long offset)
    {
        await using var file = new FileStream(Calls.Files.PathOf(LocalWire.BlobName(cid)), FileMode.Open, FileAccess.ReadWrite);
        file.Position = offset;
        var old = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(old ^ 0x80));
    }
}
