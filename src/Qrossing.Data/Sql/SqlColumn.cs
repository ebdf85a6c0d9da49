namespace Qrossing.Data.Sql;

/// <summary>A column as the schema has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its storage type.</param>
/// <param name="Nullable">Whether it may be null.</param>
/// <param name="KeyOrdinal">From 1 within the primary key; 0 outside it.</param>
internal sealed record SqlColumn(string Name, SqlKind Kind, bool Nullable, int KeyOrdinal);
