using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Connectors;

[Trait("Kind", "unit")]
public sealed class ConnectorInvokerTests : IAsyncDisposable
{
    private static readonly ResilienceOptions Repeating = ConnectorRig.Calm with { MaxAttempts = 3 };
    private readonly TemporaryFolder _folder = new("invoker");
    private ConnectorRig? _rig;

    public async ValueTask DisposeAsync()
    {
        if (_rig is not null)
        {
            await _rig.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Body_less_write_on_a_reused_connection_that_is_cut_after_the_request_arrives_exactly_once()
    {
        await using var peer = new RawPeer((request, _) => request.StartsWith("POST", StringComparison.Ordinal) ? RawPeer.Cut : RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl, Repeating);
        Assert.Equal("done", (await rig.ReadAsync()).Value); // the connection is open and goes back to the pool

        var written = await rig.PostAsync();

        Assert.Equal((FaultKind.Indeterminate, "peer.connection_lost"), Kind(written));
        Assert.Equal(["GET", "POST"], peer.Requests.Select(request => request.Split(' ')[0]));
        Assert.Contains("Content-Length: 0", peer.Requests.Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Every_body_less_method_that_changes_something_has_a_body_object(string method)
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl);

        await rig.WriteAsync((connector, call, token) => connector.SendAsync(new HttpMethod(method), "/x", call, token));

        Assert.Contains("Content-Length: 0", peer.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_that_certainly_did_not_happen_is_repeated_within_the_call()
    {
        await using var peer = new RawPeer((_, number) => number < 3 ? RawPeer.Status(503) : RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl, Repeating);

        Assert.Equal("done", (await rig.PostAsync()).Value);
        Assert.Equal(3, peer.Requests.Count);
    }

    [Fact]
    public async Task Each_attempt_of_a_call_is_a_span_of_its_own()
    {
        await using var peer = new RawPeer((_, number) => number < 3 ? RawPeer.Status(503) : RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl, Repeating);
        var attempts = new List<Activity>();
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Qrossing.Core.Telemetry.Name,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == root.TraceId && activity.OperationName == "attempt write")
                {
                    attempts.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await rig.PostAsync();

        Assert.Equal([(1, "test.not_done"), (2, "test.not_done"), (3, null)], attempts.Select(span => ((int)span.GetTagItem("qrossing.connector.attempt")!, span.StatusDescription)));
        Assert.Single(attempts.Select(span => span.ParentSpanId).Distinct());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task Write_that_may_have_happened_or_was_refused_is_not_repeated(int status)
    {
        await using var peer = RawPeer.Answering(RawPeer.Status(status));
        var rig = await OpenAsync(peer.BaseUrl, Repeating);

        Assert.False((await rig.PostAsync()).IsSuccess);
        Assert.Single(peer.Requests);
    }

    [Theory]
    [InlineData(500, 3)]
    [InlineData(429, 3)]
    [InlineData(503, 3)]
    [InlineData(401, 1)]
    public async Task Read_is_repeated_after_what_may_pass(int status, int attempts)
    {
        await using var peer = RawPeer.Answering(RawPeer.Status(status));
        var rig = await OpenAsync(peer.BaseUrl, Repeating);

        Assert.False((await rig.ReadAsync()).IsSuccess);
        Assert.Equal(attempts, peer.Requests.Count);
    }

    [Fact]
    public async Task Wait_that_the_peer_asks_for_beyond_the_call_is_handed_on()
    {
        await using var peer = RawPeer.Answering(RawPeer.Status(429, "Retry-After: 3600\r\n"));
        var rig = await OpenAsync(peer.BaseUrl, Repeating);

        var read = await rig.ReadAsync();

        Assert.Equal(TimeSpan.FromHours(1), read.Fault!.RetryAfter);
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task Repeats_of_all_calls_together_keep_to_the_budget()
    {
        await using var peer = RawPeer.Answering(RawPeer.Status(503));
        var rig = await OpenAsync(peer.BaseUrl, Repeating);

        for (var i = 0; i < 100; i++)
        {
            await rig.PostAsync();
        }

        Assert.InRange(peer.Requests.Count, 101, 123);
    }

    [Fact]
    public async Task Nobody_listening_is_unavailable()
    {
        var rig = await OpenAsync(new Uri($"http://127.0.0.1:{FreePort.Next()}"));

        Assert.Equal((FaultKind.Unavailable, "peer.unreachable"), Kind(await rig.PostAsync()));
    }

    [Fact]
    public async Task First_byte_does_not_leave_after_send_by()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl, Repeating);

        var written = await rig.PostAsync(sendBy: TimeProvider.System.GetUtcNow().AddMilliseconds(-1));

        Assert.Equal((FaultKind.Unavailable, "effects.send_by_passed"), Kind(written));
        Assert.Equal(0, peer.Bytes);
    }

    [Fact]
    public async Task Send_by_holds_on_a_reused_connection_too()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl);
        await rig.ReadAsync();
        var before = peer.Bytes;

        var written = await rig.PostAsync(sendBy: TimeProvider.System.GetUtcNow().AddMilliseconds(-1));

        Assert.Equal("effects.send_by_passed", written.Fault!.Code);
        Assert.Equal(before, peer.Bytes);
    }

    [Fact]
    public async Task Time_out_after_the_first_byte_of_a_write_may_have_happened()
    {
        await using var peer = RawPeer.Answering(RawPeer.Silence);
        var rig = await OpenAsync(peer.BaseUrl, Repeating with { AttemptTimeout = TimeSpan.FromMilliseconds(300) });

        Assert.Equal((FaultKind.Indeterminate, "peer.timeout"), Kind(await rig.PostAsync()));
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task Time_out_before_the_first_byte_of_a_write_did_not_happen()
    {
        await using var peer = RawPeer.Answering(RawPeer.Silence);
        var rig = await OpenAsync(peer.BaseUrl, ConnectorRig.Calm with { AttemptTimeout = TimeSpan.FromMilliseconds(300) });

        var written = await rig.WriteAsync(async (connector, call, token) =>
        {
            await connector.SendAsync(HttpMethod.Get, "/is-it-there", call, token);
            return ConnectorResult<string>.Failure(Fault.Of(FaultKind.Indeterminate, "peer.timeout"));
        });

        Assert.Equal((FaultKind.Unavailable, "peer.timeout"), Kind(written));
        Assert.Equal(["GET"], peer.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public async Task Connector_that_ignores_its_token_is_left_behind_and_can_send_nothing_more()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok());
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _rig = await ConnectorRig.OpenAsync(_folder, clock: clock);
        await _rig.ConnectAsync(peer.BaseUrl);
        var release = new TaskCompletionSource();
        var late = new TaskCompletionSource<ConnectorResult<string>>();
        var running = _rig.WriteAsync<string>(async (connector, call, _) =>
        {
            await release.Task;
            late.SetResult(await connector.SendAsync(HttpMethod.Post, "/late", call, CancellationToken.None));
            return "never seen";
        }).AsTask();

        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        release.SetResult();
        Assert.Equal((FaultKind.Unavailable, "peer.timeout"), Kind(await running));
        Assert.Equal((FaultKind.Unavailable, "peer.timeout"), Kind(await late.Task));
        Assert.Equal(0, peer.Bytes);
    }

    [Fact]
    public async Task Exception_of_a_connector_is_indeterminate_for_writes_and_unavailable_for_reads()
    {
        var rig = await OpenAsync(new Uri("http://127.0.0.1:9"));

        var written = await rig.WriteAsync<string>((_, _, _) => throw new InvalidOperationException("bug"));
        var read = await rig.Invoker.ReadAsync<PeerConnector, string>(ConnectorRig.Tenant, ConnectorRig.Id, "read", (_, _, _) => throw new InvalidOperationException("bug"), CancellationToken.None);

        Assert.Equal((FaultKind.Indeterminate, "peer.exception"), Kind(written));
        Assert.Equal((FaultKind.Unavailable, "peer.exception"), Kind(read));
    }

    [Fact]
    public async Task Refusal_of_the_host_after_something_was_sent_is_no_proof_that_nothing_happened()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl);

        var written = await rig.WriteAsync<string>(async (connector, call, token) =>
        {
            await connector.SendAsync(HttpMethod.Post, "/first", call, token);
            throw new PeerNotCalledException(Fault.Of(FaultKind.Unavailable, "egress.refused"));
        });

        Assert.Equal((FaultKind.Indeterminate, "egress.refused"), Kind(written));
    }

    [Fact]
    public async Task Write_is_cancelled_by_its_caller_before_it_starts()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl);
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        Assert.Equal((FaultKind.Unavailable, "connector.canceled"), Kind(await rig.PostAsync(cancellationToken: canceled.Token)));
        Assert.Equal(0, peer.Bytes);
    }

    [Fact]
    public async Task Write_that_started_is_not_cancelled_by_its_caller()
    {
        var rig = await OpenAsync(new Uri("http://127.0.0.1:9"));
        using var canceled = new CancellationTokenSource();

        var written = await rig.WriteAsync<bool>(
            async (_, _, token) =>
            {
                await canceled.CancelAsync();
                return !token.IsCancellationRequested;
            },
            cancellationToken: canceled.Token);

        Assert.True(written.Value);
    }

    [Fact]
    public async Task Read_is_cancelled_by_its_caller_at_any_time()
    {
        await using var peer = RawPeer.Answering(RawPeer.Silence);
        var rig = await OpenAsync(peer.BaseUrl, Repeating);
        using var canceled = new CancellationTokenSource();
        var reading = rig.ReadAsync(cancellationToken: canceled.Token).AsTask();
        await peer.WaitAsync(requests: 1);

        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task Circuit_opens_refuses_without_a_call_is_shown_and_leaves_other_operations_alone()
    {
        await using var peer = new RawPeer((request, _) => request.StartsWith("POST", StringComparison.Ordinal) ? RawPeer.Status(500) : RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl, ConnectorRig.Calm with { CircuitMinimumCalls = 4 });
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("test.failed", (await rig.PostAsync()).Fault!.Code);
        }

        var refused = (await rig.PostAsync()).Fault!;

        Assert.Equal((FaultKind.Unavailable, "connector.circuit_open"), (refused.Kind, refused.Code));
        Assert.NotNull(refused.RetryAfter);
        Assert.Equal(4, peer.Requests.Count);
        var view = rig.Directory.Find(ConnectorRig.Tenant, ConnectorRig.Id)!;
        Assert.Equal((ConnectionState.CircuitOpen, "connector.circuit_open"), (view.State, view.Because));
        Assert.Equal([("write", "open")], view.Circuits.Select(circuit => (circuit.Operation, circuit.State)));
        Assert.True((await rig.ReadAsync()).IsSuccess);
    }

    [Fact]
    public async Task Circuit_does_not_count_what_the_peer_understood_or_we_refused_ourselves()
    {
        await using var peer = RawPeer.Answering(RawPeer.Status(401));
        var rig = await OpenAsync(peer.BaseUrl, ConnectorRig.Calm with { CircuitMinimumCalls = 2 });
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("test.unauthorized", (await rig.PostAsync()).Fault!.Code);
            Assert.Equal("effects.send_by_passed", (await rig.PostAsync(sendBy: DateTimeOffset.UnixEpoch)).Fault!.Code);
        }

        Assert.Equal(ConnectionState.Degraded, rig.Directory.Find(ConnectorRig.Tenant, ConnectorRig.Id)!.State);
    }

    [Fact]
    public async Task Calls_beyond_the_places_and_the_queue_are_refused_and_the_others_run()
    {
        var rig = await OpenAsync(new Uri("http://127.0.0.1:9"), ConnectorRig.Calm with { MaxConcurrency = 1, MaxQueue = 1, QueueTimeout = TimeSpan.FromMinutes(1) });
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var first = rig.WriteAsync<int>(async (_, _, _) =>
        {
            entered.SetResult();
            await release.Task;
            return 1;
        }).AsTask();
        await entered.Task;

        var second = rig.WriteAsync<int>((_, _, _) => new(2)).AsTask();
        var third = await rig.WriteAsync<int>((_, _, _) => new(3));
        release.SetResult();

        Assert.Equal((FaultKind.Unavailable, "connector.overloaded"), (third.Fault!.Kind, third.Fault.Code));
        Assert.Equal((1, 2), ((await first).Value, (await second).Value));
    }

    [Fact]
    public async Task Calls_beyond_the_rate_are_refused()
    {
        var rig = await OpenAsync(new Uri("http://127.0.0.1:9"), ConnectorRig.Calm with { CallsPerSecond = 0.1, Burst = 2, QueueTimeout = TimeSpan.Zero });

        var codes = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            codes.Add((await rig.WriteAsync<int>((_, _, _) => new(1))).Fault?.Code);
        }

        Assert.Equal([null, null, "connector.rate_limited"], codes);
    }

    [Fact]
    public async Task Call_carries_the_trace_the_key_and_its_limits()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok());
        var rig = await OpenAsync(peer.BaseUrl);
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var sendBy = TimeProvider.System.GetUtcNow().AddMinutes(2);

        var seen = await rig.WriteAsync(
            async (connector, call, token) =>
            {
                await connector.SendAsync(HttpMethod.Post, "/", call, token);
                return ConnectorResult<ConnectorCall>.Success(call);
            },
            sendBy);

        Assert.Contains($"traceparent: 00-{activity.TraceId}-", peer.Requests.Single(), StringComparison.Ordinal);
        Assert.Equal(("eff_test", 1, sendBy), (seen.Value!.IdempotencyKey, seen.Value.Attempt, seen.Value.SendBy!.Value));
        Assert.True(seen.Value.Deadline > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Capability_that_a_connection_lacks_is_refused()
    {
        var rig = await OpenAsync(new Uri("http://127.0.0.1:9"));

        var read = await rig.Invoker.ReadAsync<IReadsChain, ChainHead>(
            ConnectorRig.Tenant, ConnectorRig.Id, "head", (chain, call, token) => chain.GetHeadAsync(call, token), CancellationToken.None);

        Assert.Equal((FaultKind.Invalid, "connections.capability_missing"), Kind(read));
        Assert.Equal(3, rig.Invoker.Ask<PeerConnector, int>(ConnectorRig.Tenant, ConnectorRig.Id, peer => peer.Options.Retries).Value);
    }

    [Fact]
    public async Task Reply_with_endless_headers_or_a_body_that_is_too_long_is_cut_off()
    {
        await using var wide = RawPeer.Answering($"HTTP/1.1 200 OK\r\nX: {new string('x', 70_000)}\r\nContent-Length: 0\r\n\r\n");
        var rig = await OpenAsync(wide.BaseUrl);
        Assert.False((await rig.ReadAsync()).IsSuccess);
        await using var heavy = RawPeer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {ConnectorHttp.MaxReplyBytes + 1}\r\n\r\n");
        await rig.Directory.UpdateAsync(ConnectorRig.Tenant, ConnectorRig.Id, new ConnectionChange { Options = ConnectorRig.Json(new { baseUrl = heavy.BaseUrl }) }, ConnectorRig.Operator, CancellationToken.None);

        Assert.Equal("peer.reply_too_large", (await rig.ReadAsync()).Fault!.Code);
    }

    private static (FaultKind Kind, string Code) Kind<T>(ConnectorResult<T> result) => (result.Fault!.Kind, result.Fault.Code);

    private async Task<ConnectorRig> OpenAsync(Uri peer, ResilienceOptions? resilience = null)
    {
        _rig = await ConnectorRig.OpenAsync(_folder, resilience);
        await _rig.ConnectAsync(peer);
        return _rig;
    }
}
