namespace Qrossing.ContractTests.Stores;

/// <summary>What all store tests share: a new, open database per test.</summary>
[Trait("Kind", "contract")]
public abstract class StoreTests(StoreEngine engine) : IAsyncLifetime
{
    private IAsyncDisposable? _removal;

    protected TestDatabase Db { get; set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected StoreEngine Engine => engine;

    public async ValueTask InitializeAsync()
    {
        (var options, _removal) = await engine.NewAsync();
        Db = await TestDatabase.OpenAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (Db is not null)
        {
            await Db.DisposeAsync();
        }

        if (_removal is not null)
        {
            await _removal.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
