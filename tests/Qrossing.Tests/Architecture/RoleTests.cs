namespace Qrossing.Tests.Architecture;

/// <summary>A role suffix says what a type does for the product: what bears it plays the role, and other agent nouns are the framework's only.</summary>
[Trait("Kind", "unit")]
public sealed class RoleTests
{
    /// <summary>Names of the framework's own: who derives from such a type keeps the word.</summary>
    private static readonly string[] FrameworkRoles = ["Handler", "Transformer", "Converter", "Provider", "Factory", "Attribute", "Exception"];

    [Fact]
    public void Framework_word_is_borne_by_what_derives_from_it() =>
        Violations.None(
            from type in Types()
            from role in FrameworkRoles
            where !type.IsInterface && type.Name.EndsWith(role, StringComparison.Ordinal) && type.Name != role
            where type.BaseType == nameof(Object)
            select $"{type} derives from nothing");

    [Fact]
    public void Endpoints_map_endpoints() => Plays("Qrossing.Gateway", "Endpoints", "IMapsEndpoints");

    [Fact]
    public void Connector_is_declared_as_one() =>
        Violations.None(Codebase.Source
            .Where(file => file.Project == "Qrossing.Connectors" && file.Name.EndsWith("Connector", StringComparison.Ordinal))
            .Where(file => !file.Lines.Any(line => line.StartsWith("[Connector(", StringComparison.Ordinal)))
            .Select(file => file.Path));

    [Fact]
    public void Store_of_the_data_layer_implements_a_port_of_the_same_name() =>
        Violations.None(Codebase.Source
            .Where(file => file.Path.StartsWith("src/Qrossing.Data/Stores/", StringComparison.Ordinal) && file.Name.EndsWith("Store", StringComparison.Ordinal))
            .Where(file => !file.Lines.Any(line => line.Contains($"class {file.Name}", StringComparison.Ordinal) && line.EndsWith($": I{file.Name}", StringComparison.Ordinal)))
            .Select(file => file.Path));

    private static void Plays(string project, string role, string contract)
    {
        var files = Codebase.Source.Where(file => file.Project == project && file.Name.EndsWith(role, StringComparison.Ordinal) && file.Name != contract).ToList();

        Assert.NotEmpty(files);
        Violations.None(files.Where(file => !file.Lines.Any(line => line.Contains($": {contract}", StringComparison.Ordinal))).Select(file => file.Path));
    }

    private static IEnumerable<CompiledType> Types() => CompiledAssembly.OfSource.SelectMany(assembly => assembly.Types);
}
