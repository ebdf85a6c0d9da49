namespace Qrossing.Core.Connectors.Resilience;

/// <summary>
/// The repeats that all calls of a connection share: every call pays its share in, every repeat takes one out. A peer that fails
/// for everybody then sees a fifth more load and not three times as much.
/// </summary>
internal sealed class RetryBudget(double share)
{
    // The first calls of a quiet connection may be repeated too, and a long success buys no storm.
    private const double Start = 3;
    private const double Most = 10;

    private readonly Lock _gate = new();
    private double _balance = share > 0 ? Start : 0;

    /// <summary>A call begins.</summary>
    public void Deposit()
    {
        lock (_gate)
        {
            _balance = Math.Min(Most, _balance + share);
        }
    }

    /// <summary>A call wants to repeat.</summary>
    public bool TryWithdraw()
    {
        lock (_gate)
        {
            if (_balance < 1)
            {
                return false;
            }

            _balance--;
            return true;
        }
    }
}
