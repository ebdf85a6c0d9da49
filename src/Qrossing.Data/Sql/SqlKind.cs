namespace Qrossing.Data.Sql;

/// <summary>The three storage types our tables use; a null has one too, so that a prepared statement keeps its parameter types.</summary>
internal enum SqlKind
{
    Integer,
    Text,
    Blob,
}
