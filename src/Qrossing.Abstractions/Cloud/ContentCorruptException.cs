namespace Qrossing.Abstractions.Cloud;

/// <summary>Bytes at the store do not match their content id. Nothing of the wrong chunk was handed out.</summary>
public sealed class ContentCorruptException : IOException
{
    /// <summary>Makes the exception.</summary>
    public ContentCorruptException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public ContentCorruptException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public ContentCorruptException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
