namespace Qrossing.Core.Storage;

/// <summary>Where uploads are spooled.</summary>
/// <param name="Directory">Default <c>data/spool</c>; on the same file system as the data directory, so that the local store can take files over by rename.</param>
public sealed record SpoolOptions(string Directory);
