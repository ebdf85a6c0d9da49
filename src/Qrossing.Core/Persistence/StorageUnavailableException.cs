namespace Qrossing.Core.Persistence;

/// <summary>The database did not take a commit. Nothing of the unit is stored, unless <see cref="CommitUnknown"/>.</summary>
public sealed class StorageUnavailableException : IOException
{
    /// <summary>Makes the exception.</summary>
    public StorageUnavailableException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Stable reason: <c>storage.full</c>, <c>storage.lost</c>, <c>storage.not_owner</c>.</summary>
    public string Code { get; init; } = "storage.lost";

    /// <summary>The connection broke during the commit itself: the unit may be stored.</summary>
    public bool CommitUnknown { get; init; }
}
