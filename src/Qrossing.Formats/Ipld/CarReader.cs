using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Qrossing.Formats.Ipld;

/// <summary>Reads a CAR file from a stream, one verified block at a time.</summary>
public static class CarReader
{
    /// <summary>
    /// The header, the blocks in their order, and last <see cref="CarStep.End"/> or <see cref="CarStep.Refused"/>. Holds one
    /// section in memory. The stream stays open.
    /// </summary>
    public static async IAsyncEnumerable<CarStep> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            var parser = new CarParser();
            while (true)
            {
                var read = await pipe.ReadAsync(cancellationToken);
                var buffer = read.Buffer;
                CarStep step;
                while ((step = parser.Next(ref buffer, read.IsCompleted)) is not CarStep.NeedMore)
                {
                    yield return step;
                    if (step is CarStep.End or CarStep.Refused)
                    {
                        yield break;
                    }
                }

                pipe.AdvanceTo(buffer.Start, read.Buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }
}
