using System.Buffers;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors.Files;
using Qrossing.Core.Effects;
using Qrossing.Core.Persistence;
using Qrossing.Formats.Ipld;

namespace Qrossing.Core.Storage;

/// <summary>
/// Streamed bodies on disk: one file per upload, named after the effect it will become, hashed while written, synced once. A body cut short
/// leaves only a file, which the sweep deletes.
/// </summary>
internal sealed class Spool(SpoolOptions options, IEffectStore effects, ILogger<Spool> log)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Receives a body. I/O trouble surfaces as <see cref="StorageUnavailableException"/> and leaves nothing behind.</summary>
    public async Task<SpooledUpload> ReceiveAsync(TenantId tenant, EffectId effect, Stream body, CancellationToken cancellationToken)
    {
        var path = PathOf(tenant, effect);
        var reader = new BodyReader(body);
        try
        {
            DirectorySync.Create(System.IO.Path.GetDirectoryName(path)!);
            var hashed = await WriteAsync(path, reader, cancellationToken);
            DirectorySync.Flush(System.IO.Path.GetDirectoryName(path)!);
            return hashed;
        }
        catch (IOException trouble) when (!ReferenceEquals(trouble, reader.Failure))
        {
            Forget(tenant, effect);
            throw new StorageUnavailableException("The upload could not be stored.", trouble) { Code = FileFaults.Of(trouble).Code };
        }
        catch
        {
            Forget(tenant, effect);
            throw;
        }
    }

    /// <summary>Bytes that the spool's file system has left for us.</summary>
    public long FreeBytes()
    {
        DirectorySync.Create(options.Directory);
        return new DriveInfo(options.Directory).AvailableFreeSpace;
    }

    /// <summary>The body of an effect.</summary>
    public SpooledBody Body(TenantId tenant, EffectId effect, long size) => new(PathOf(tenant, effect), size);

    /// <summary>The chunk digests of an effect's body; null when they were swept, or there is one chunk only: its digest is the content's.</summary>
    public async Task<byte[]?> LeafDigestsAsync(TenantId tenant, EffectId effect, CancellationToken cancellationToken)
    {
        var path = LeavesOf(tenant, effect);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
    }

    /// <summary>Deletes an effect's files.</summary>
    public void Forget(TenantId tenant, EffectId effect)
    {
        File.Delete(PathOf(tenant, effect));
        File.Delete(LeavesOf(tenant, effect));
    }

    /// <summary>Deletes the files of effects that are at rest, and those without an effect that are older than <paramref name="abandonedBefore"/>.</summary>
    public async Task SweepAsync(DateTimeOffset abandonedBefore, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.Directory))
        {
            return;
        }

        var swept = 0;
        foreach (var file in Directory.EnumerateFiles(options.Directory, "eff_*", SearchOption.AllDirectories))
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(file);
            var tenant = new TenantId(System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(file)!));
            if (!IdText.TryParse<EffectId>(name, out var id))
            {
                continue;
            }

            var effect = await effects.GetAsync(tenant, id, cancellationToken);
            if (effect is { State.AtRest: true } || (effect is null && File.GetLastWriteTimeUtc(file) < abandonedBefore.UtcDateTime))
            {
                File.Delete(file);
                swept++;
            }
        }

        if (swept > 0)
        {
            StorageLog.Swept(log, swept);
        }
    }

    private async Task<SpooledUpload> WriteAsync(string path, BodyReader body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var builder = new UnixFsBuilder();
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                int read;
                while ((read = await body.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken)) > 0)
                {
                    builder.Append(buffer.AsSpan(0, read));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }

                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            var content = builder.Finish();
            if (content.LeafDigests.Length > content.Sha256.Length)
            {
                await WriteLeavesAsync(System.IO.Path.ChangeExtension(path, ".leaves"), content.LeafDigests, cancellationToken);
            }

            return new SpooledUpload(content.Root.ToString(), content.Size, content.Sha256);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task WriteLeavesAsync(string path, ReadOnlyMemory<byte> digests, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await file.WriteAsync(digests, cancellationToken);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    /// <summary>Tells trouble of the sender from trouble of the disk: both are I/O exceptions.</summary>
    private sealed class BodyReader(Stream body)
    {
        public IOException? Failure { get; private set; }

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            try
            {
                return await body.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException failure)
            {
                Failure = failure;
                throw;
            }
        }
    }

    private string PathOf(TenantId tenant, EffectId effect) => System.IO.Path.Combine(options.Directory, tenant.Text, effect.Text + ".body");

    private string LeavesOf(TenantId tenant, EffectId effect) => System.IO.Path.Combine(options.Directory, tenant.Text, effect.Text + ".leaves");
}
