namespace Qrossing.TestKit.Counterparts;

/// <summary>
/// A real peer is not installed on this machine. The runner shows the test as skipped with this message: xunit v3 treats any
/// exception whose message starts with its documented token as a dynamic skip, which spares this kit a reference to xunit.
/// </summary>
public sealed class CounterpartMissingException(string counterpart, string installCommand)
    : Exception($"{SkipToken}{counterpart} is not installed; install it with: {installCommand}")
{
    private const string SkipToken = "$XunitDynamicSkip$";
}
