namespace Qrossing.Core.Access;

/// <summary>The administrator key of the environment cannot be taken. Stops the start; the message says what an operator does.</summary>
public sealed class AdministratorKeyException : Exception
{
    /// <summary>Makes the exception.</summary>
    public AdministratorKeyException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public AdministratorKeyException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public AdministratorKeyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
