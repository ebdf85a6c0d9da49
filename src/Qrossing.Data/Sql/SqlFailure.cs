namespace Qrossing.Data.Sql;

/// <summary>What a database exception means.</summary>
internal enum SqlFailure
{
    /// <summary>The statement was wrong or hit a constraint; the transaction goes on from its savepoint.</summary>
    Statement,

    /// <summary>Two transactions collided: run the whole batch again.</summary>
    Collision,

    /// <summary>No space left. The connection is good.</summary>
    Full,

    /// <summary>The connection or the file is not usable any more.</summary>
    Lost,
}
