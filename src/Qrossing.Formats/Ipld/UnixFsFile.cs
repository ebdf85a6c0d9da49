namespace Qrossing.Formats.Ipld;

/// <summary>What is known of content once all of it was seen.</summary>
/// <param name="Root">Its CID in the default profile.</param>
/// <param name="Size">Bytes of the content.</param>
/// <param name="Sha256">SHA-256 of the whole content, 32 bytes.</param>
/// <param name="LeafDigests">SHA-256 of every chunk of <see cref="UnixFsLayout.ChunkSize"/> bytes in order, 32 bytes each; empty content has one.</param>
public sealed record UnixFsFile(Cid Root, long Size, byte[] Sha256, byte[] LeafDigests);
