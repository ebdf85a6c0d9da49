namespace Qrossing.Tests.Architecture;

[Trait("Kind", "unit")]
public sealed class NameTests
{
    /// <summary>
    /// Words that say what a type is called instead of what it is. Role suffixes are a closed set: Connector, Invoker, Options,
    /// Wire, Faults, Webhooks, Store, Policy, Worker, Endpoints, Compliance.
    /// </summary>
    private static readonly string[] EmptySuffixes =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Services", "Impl", "Implementation",
        "Repository", "Controller", "Wrapper", "Facade", "Processor",
    ];

    private static readonly string[] EmptyNames = ["Common", "Misc", "Extensions", "Shared", "General"];

    public static TheoryData<string> EmptySuffix => [.. EmptySuffixes];

    [Theory]
    [MemberData(nameof(EmptySuffix))]
    public void No_type_has_the_empty_suffix(string suffix) =>
        Violations.None(AllTypes().Where(type => type.Name.EndsWith(suffix, StringComparison.Ordinal)).Select(type => type.ToString()));

    [Fact]
    public void No_file_folder_or_type_has_an_empty_name() =>
        Violations.None(Codebase.Source
            .Where(file => file.Path.Split('/').Append(file.Name).Any(part => EmptyNames.Contains(part, StringComparer.OrdinalIgnoreCase)))
            .Select(file => file.Path)
            .Concat(AllTypes().Where(type => EmptyNames.Contains(type.Name, StringComparer.OrdinalIgnoreCase)).Select(type => type.ToString())));

    [Fact]
    public void Background_service_is_called_a_Worker() =>
        Violations.None(AllTypes()
            .Where(type => type.BaseType == "BackgroundService" && !type.Name.EndsWith("Worker", StringComparison.Ordinal))
            .Select(type => type.ToString()));

    [Fact]
    public void Options_are_sealed_records() =>
        Violations.None(AllTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && !type.IsStatic && !(type.IsSealed && type.IsRecord))
            .Select(type => type.ToString()));

    private static IEnumerable<CompiledType> AllTypes() => CompiledAssembly.OfSource.SelectMany(assembly => assembly.Types);
}
