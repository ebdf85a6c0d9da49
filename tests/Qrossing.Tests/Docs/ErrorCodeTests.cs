using System.Reflection;
using Qrossing.Core.Errors;
using Qrossing.Gateway.Problems;
using Qrossing.Tests.Architecture;

namespace Qrossing.Tests.Docs;

/// <summary>An error code is on its page, some code answers it, and some test meets it.</summary>
[Trait("Kind", "unit")]
public sealed class ErrorCodeTests
{
    private const string ThisFolder = "tests/Qrossing.Tests/Docs";

    [Fact]
    public void Every_code_says_what_it_means_and_what_to_do() =>
        Violations.None(ErrorPage.All.Where(error => error.Title.Length == 0 || !error.Advice.EndsWith('.') || error.Status is < 400 or > 599).Select(error => error.Code));

    [Fact]
    public void Every_code_is_answered_somewhere() =>
        Violations.None(Unmentioned(Codebase.Source.Where(file => !file.Name.EndsWith("Errors", StringComparison.Ordinal))));

    [Fact]
    public void Every_code_is_met_by_a_test() =>
        Violations.None(Unmentioned(Codebase.Tests.Where(file => file.Folder != ThisFolder)));

    /// <summary>The codes that no line of the files names: as text, as text within a text, or by the field that declares it.</summary>
    private static IEnumerable<string> Unmentioned(IEnumerable<SourceFile> files)
    {
        var lines = files.SelectMany(file => file.Lines).Where(line => line.Contains('.', StringComparison.Ordinal)).ToList();
        return ErrorPage.All.Select(error => error.Code).Where(code => !lines.Exists(line =>
            line.Contains($"\"{code}\"", StringComparison.Ordinal) || line.Contains($"\"{code}\\", StringComparison.Ordinal) || line.Contains(Fields[code], StringComparison.Ordinal)));
    }

    private static readonly Dictionary<string, string> Fields = (
        from assembly in new[] { typeof(ErrorTable).Assembly, typeof(HttpErrors).Assembly }
        from type in assembly.GetTypes()
        where type.Name.EndsWith("Errors", StringComparison.Ordinal)
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.FieldType == typeof(ErrorCode)
        select (((ErrorCode)field.GetValue(null)!).Code, $"{type.Name}.{field.Name}")).ToDictionary();
}
