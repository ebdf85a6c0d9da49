using System.Reflection;
using Qrossing.Core.Persistence;

namespace Qrossing.Tests.Gateway;

/// <summary>A port over the real one, which a test can switch off as a database that does not answer does.</summary>
public class FailingPort<T> : DispatchProxy
    where T : class
{
    private T _inner = null!;
    private Func<bool> _isDown = null!;

    public static T Over(T inner, Func<bool> isDown)
    {
        var port = Create<T, FailingPort<T>>();
        var self = (FailingPort<T>)(object)port;
        (self._inner, self._isDown) = (inner, isDown);
        return port;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _isDown() ? throw new StorageUnavailableException("The database does not answer.") : targetMethod!.Invoke(_inner, args);
}
