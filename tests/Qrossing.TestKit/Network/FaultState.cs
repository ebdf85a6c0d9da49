namespace Qrossing.TestKit.Network;

/// <summary>One setting of the proxy, and the moment it is replaced, for those who wait for that.</summary>
internal sealed class FaultState(TcpFault fault)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TcpFault Fault { get; } = fault;

    public Task Ended => _ended.Task;

    public void EndNow() => _ended.TrySetResult();
}
