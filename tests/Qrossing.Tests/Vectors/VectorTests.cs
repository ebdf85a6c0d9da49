using System.IO.Compression;
using System.Text.Json.Nodes;
using Qrossing.Vectors;

namespace Qrossing.Tests.Vectors;

/// <summary>Every public vector at hand, through the program that answers them with production classes.</summary>
[Trait("Kind", "unit")]
public sealed class VectorTests(ITestOutputHelper output)
{
    private const string NoFolder = "(no vector folder)";

    public static TheoryData<string> Files { get; } = VectorFolder.Files() is { Count: > 0 } files
        ? new TheoryData<string>(files.Select(file => Path.GetFileName(file)))
        : new TheoryData<string>(NoFolder);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Vectors_of_public_suites_are_answered_as_expected(string file)
    {
        if (file == NoFolder)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI needs shared/vectors beside the checkout.");
            Assert.Skip("No vectors: shared/vectors is not beside the checkout and QROSSING_VECTORS names no folder.");
        }

        var answered = 0;
        var unsupported = new Dictionary<string, int>();
        var wrong = new List<string>();
        await foreach (var line in LinesAsync(VectorFolder.Files().Single(path => Path.GetFileName(path) == file)))
        {
            var vector = JsonNode.Parse(line)!;
            var answer = JsonNode.Parse(VectorProgram.Answer(line))!;
            answered++;
            if (answer["unsupported"] is not null)
            {
                var operation = vector["op"]!.GetValue<string>();
                unsupported[operation] = unsupported.GetValueOrDefault(operation) + 1;
            }
            else if (!VectorExpectation.IsMet(vector["expect"]!, answer))
            {
                wrong.Add($"{vector["id"]} ({vector["note"]}): expected {vector["expect"]!.ToJsonString()}, got {answer.ToJsonString()}");
            }
        }

        output.WriteLine($"{file}: {answered} vectors, {unsupported.Values.Sum()} unsupported {string.Join(", ", unsupported)}");
        Assert.NotEqual(0, answered);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async IAsyncEnumerable<string> LinesAsync(string path)
    {
        await using var file = File.OpenRead(path);
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
