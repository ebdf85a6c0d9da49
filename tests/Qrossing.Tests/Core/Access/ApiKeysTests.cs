using System.Collections.Frozen;
using Microsoft.Extensions.Time.Testing;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.TestKit.Processes;
using Qrossing.Tests.Core.Connectors;

namespace Qrossing.Tests.Core.Access;

[Trait("Kind", "security")]
public sealed class ApiKeysTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Later = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3_600); // stored in microseconds

    private readonly TemporaryFolder _folder = new("api-keys");
    private ConnectorRig _rig = null!;
    private HeldKeyStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await ConnectorRig.OpenAsync(_folder);
        _store = new HeldKeyStore(_rig.Get<IApiKeyStore>());
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("live", null, true)]
    [InlineData("live", "own", true)]
    [InlineData("test", null, false)]
    [InlineData("staging", null, false)]
    [InlineData("live", "other", false)]
    public async Task Maker_makes_keys_of_its_environment_for_itself_or_somebody_new(string environment, string? client, bool made)
    {
        var maker = await MakerAsync();
        ClientId? chosen = client switch { null => null, "own" => IdText.TryParse<ClientId>(maker.Client, out var own) ? own : null, _ => _rig.Get<IdGenerator>().New<ClientId>() };

        Assert.Equal(made, (await CreateAsync(maker, new ApiKeyDraft("child", environment, ["objects:read"], null, chosen))).IsSuccess);
        Assert.True((await CreateAsync(Administrator, new ApiKeyDraft("child", environment, ["objects:read"], null, chosen))).IsSuccess);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, false)]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    public async Task Key_does_not_outlive_its_maker(int? minutesAfter, bool made)
    {
        var maker = await MakerAsync(Later);
        var draft = new ApiKeyDraft("child", "live", ["objects:read"], minutesAfter is { } minutes ? Later.AddMinutes(minutes) : null, null);

        var created = await CreateAsync(maker, draft);

        Assert.Equal(made, created.IsSuccess);
        Assert.True(made || created.Refusal!.Error == AccessErrors.Forbidden);
    }

    [Fact]
    public async Task Read_that_was_slower_than_the_revocation_does_not_bring_the_key_back()
    {
        var (record, text) = (await CreateAsync(Administrator, new ApiKeyDraft("a", "live", ["objects:read"], null, null))).Value;
        var keys = Keys(); // another start: nothing is known yet
        _store.Hold();
        var slow = keys.AuthenticateAsync(text.Text, CancellationToken.None);
        await _store.Held;
        await keys.RevokeAsync(Request(Administrator), record.Id, CancellationToken.None);
        _store.Release();
        await slow;

        Assert.Null(await keys.AuthenticateAsync(text.Text, CancellationToken.None));
    }

    [Fact]
    public async Task Caller_that_was_let_in_is_told_when_its_key_is_no_longer_good()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var keys = Keys(clock);
        var (record, text) = (await keys.CreateAsync(Request(Administrator), new ApiKeyDraft("a", "live", ["events:read"], null, null), CancellationToken.None)).Value;
        var (_, ending) = (await keys.CreateAsync(Request(Administrator), new ApiKeyDraft("b", "live", ["events:read"], clock.GetUtcNow().AddMinutes(1), null), CancellationToken.None)).Value;
        var (first, second) = ((await keys.AuthenticateAsync(text.Text, CancellationToken.None))!, (await keys.AuthenticateAsync(ending.Text, CancellationToken.None))!);
        Assert.True(await keys.IsStillGoodAsync(first, CancellationToken.None));
        Assert.True(await keys.IsStillGoodAsync(second, CancellationToken.None));

        await keys.RevokeAsync(Request(Administrator), record.Id, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await keys.IsStillGoodAsync(first, CancellationToken.None));
        Assert.False(await keys.IsStillGoodAsync(second, CancellationToken.None));
    }

    [Fact]
    public async Task Administrator_key_of_the_environment_is_made_once_and_never_comes_back_after_its_revocation()
    {
        var given = ApiKeyText.Create("live");
        Assert.Null(await Keys().EnsureAdministratorAsync(given.Text, CancellationToken.None));
        Assert.Null(await Keys().EnsureAdministratorAsync(given.Text, CancellationToken.None));
        Assert.Single(await EventsAsync());
        var keys = Keys();
        Assert.True((await keys.AuthenticateAsync(given.Text, CancellationToken.None))!.IsAdministrator);

        await keys.RevokeAsync(Request(Administrator), (await _store.FindAsync(given.PublicId, CancellationToken.None))!.Id, CancellationToken.None);

        var again = Keys();
        var refused = await Assert.ThrowsAsync<AdministratorKeyException>(() => again.EnsureAdministratorAsync(given.Text, CancellationToken.None));
        Assert.Contains("was revoked", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(given.Text, refused.Message, StringComparison.Ordinal);
        Assert.Null(await again.AuthenticateAsync(given.Text, CancellationToken.None));
    }

    [Fact]
    public async Task Administrator_key_with_a_known_id_keeps_its_identity()
    {
        var first = ApiKeyText.Create("live");
        Assert.True(ApiKeyText.TryParse($"qk_live_{first.PublicId}_{new string('x', 40)}", out var second));
        await Keys().EnsureAdministratorAsync(first.Text, CancellationToken.None);
        var before = (await _store.FindAsync(first.PublicId, CancellationToken.None))!;

        var keys = Keys();
        await keys.EnsureAdministratorAsync(second.Text, CancellationToken.None);

        Assert.Equal($"key:{before.Id}", (await keys.AuthenticateAsync(second.Text, CancellationToken.None))!.Credential);
        Assert.Null(await keys.AuthenticateAsync(first.Text, CancellationToken.None));
        Assert.Equal(["q.gateway.api_keys.created.v1", "q.gateway.api_keys.replaced.v1"], (await EventsAsync()).Select(item => item.Type));
    }

    private static Caller Administrator => new() { Tenant = TenantId.Default, Client = "cli_admin", Credential = "key:admin", Scopes = FrozenSet.Create("*"), Environment = "live" };

    private async Task<Caller> MakerAsync(DateTimeOffset? expiresAt = null)
    {
        var made = await CreateAsync(Administrator, new ApiKeyDraft("maker", "live", ["api_keys:admin", "objects:read"], expiresAt, null));
        return (await Keys().AuthenticateAsync(made.Value.Text.Text, CancellationToken.None))!;
    }

    private Task<Qrossing.Core.Errors.Result<(ApiKeyRecord Record, ApiKeyText Text)>> CreateAsync(Caller by, ApiKeyDraft draft) =>
        Keys().CreateAsync(Request(by), draft, CancellationToken.None);

    private async Task<IReadOnlyList<LogEvent>> EventsAsync() =>
        [.. (await _rig.EventsAsync()).Where(item => item.Type.StartsWith("q.gateway.api_keys.", StringComparison.Ordinal))];

    private static RequestContext Request(Caller caller) => new(caller, "req_test", null);

    private ApiKeys Keys(TimeProvider? clock = null) =>
        new(_store, _rig.Get<IWriter>(), new ApiKeyHasher(_rig.Get<KeyRing>()), _rig.Get<GatewayEvents>(), _rig.Get<IdGenerator>(), clock ?? TimeProvider.System);
}
