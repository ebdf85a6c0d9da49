namespace Qrossing.Core.Secrets;

/// <summary>The key ring cannot be opened. Stops the start; the message says what an operator does.</summary>
public sealed class KeyRingException : Exception
{
    /// <summary>Makes the exception.</summary>
    public KeyRingException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public KeyRingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public KeyRingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
