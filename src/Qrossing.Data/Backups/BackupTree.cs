namespace Qrossing.Data.Backups;

/// <summary>A directory that belongs to the database.</summary>
/// <param name="Name">Its name in the backup: one path segment.</param>
/// <param name="Directory">Where it is, or goes. One that does not exist is left out.</param>
public sealed record BackupTree(string Name, string Directory);
