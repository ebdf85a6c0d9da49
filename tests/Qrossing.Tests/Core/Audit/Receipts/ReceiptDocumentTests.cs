using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Core.Audit.Receipts;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Audit.Receipts;

[Trait("Kind", "unit")]
public sealed class ReceiptDocumentTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Document = File.ReadAllText(RepositoryRoot.Combine("docs", "receipt.md"));

    [Fact]
    public void Worked_example_is_the_receipt_that_the_code_makes()
    {
        var start = Document.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        var written = Document[start..Document.IndexOf("```", start, StringComparison.Ordinal)];
        var made = ReceiptExample.Build().Receipt;
        Assert.True(JsonNode.DeepEquals(made, JsonNode.Parse(written)), $"The document should have:\n{made.ToJsonString(Readable)}");
        Assert.Empty(ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(written), ReceiptExample.Signer.VerifierKey).Problems);
    }

    [Fact]
    public void Every_step_of_the_worked_example_names_the_value_that_the_code_computes() =>
        Assert.All(ReceiptExample.Build().Steps, value => Assert.Contains(value, Document, StringComparison.Ordinal));
}
