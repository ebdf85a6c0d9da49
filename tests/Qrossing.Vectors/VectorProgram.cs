using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Vectors.Operations;

namespace Qrossing.Vectors;

/// <summary>Answers public test vectors, one JSON line each, with the classes production code uses.</summary>
public static class VectorProgram
{
    // Some suites nest values deeper than the default of 64; the line is only carried here, never interpreted.
    private static readonly JsonDocumentOptions LineOptions = new() { MaxDepth = 1024 };

    /// <summary>Answers every line of <paramref name="input"/>; 0 when every line was answered, 1 when an operation failed unexpectedly.</summary>
    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        var exitCode = 0;
        while (await input.ReadLineAsync() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            string answer;
            try
            {
                answer = Answer(line);
            }
            catch (Exception fault)
            {
                // A bug is neither "ok" nor "refused": say so for this line, answer the others, and fail the run.
                answer = new JsonObject { ["id"] = Id(line), ["fault"] = fault.ToString() }.ToJsonString();
                exitCode = 1;
            }

            await output.WriteLineAsync(answer);
        }

        return exitCode;
    }

    /// <summary>Answers one line <c>{"id","op","in"}</c>. Malformed input is answered <c>ok: false</c>; an exception is a bug.</summary>
    public static string Answer(string line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, LineOptions);
        }
        catch (JsonException malformed)
        {
            return Refused(id: null, malformed.Message).ToJsonString();
        }

        using (document)
        {
            return Answer(document.RootElement).ToJsonString();
        }
    }

    private static JsonObject Answer(JsonElement line)
    {
        string? id = null;
        try
        {
            id = VectorInput.TextOrNull(line, "id");
            var operation = VectorInput.Text(line, "op");
            return OperationTable.Find(operation) is { } answer
                ? new JsonObject { ["id"] = id, ["ok"] = true, ["out"] = answer(VectorInput.Member(line, "in")) }
                : new JsonObject { ["id"] = id, ["unsupported"] = true };
        }
        catch (VectorRefusedException refusal)
        {
            return Refused(id, refusal.Message);
        }
    }

    private static JsonObject Refused(string? id, string error) =>
        new() { ["id"] = id, ["ok"] = false, ["error"] = error };

    private static string? Id(string line)
    {
        using var document = JsonDocument.Parse(line, LineOptions);
        return VectorInput.TextOrNull(document.RootElement, "id");
    }
}
