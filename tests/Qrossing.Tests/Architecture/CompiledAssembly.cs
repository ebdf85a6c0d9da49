using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Qrossing.Tests.Architecture;

/// <summary>What the compiler really put into an assembly of ours, read without loading it.</summary>
internal sealed class CompiledAssembly
{
    private CompiledAssembly(string name, MetadataReader metadata)
    {
        Name = name;
        References = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        Types = [.. metadata.TypeDefinitions
            .Select(handle => metadata.GetTypeDefinition(handle))
            .Select(definition => new CompiledType(metadata, definition))
            .Where(type => !type.IsGenerated)];
    }

    public string Name { get; }

    /// <summary>Simple names of the assemblies whose types it uses.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>Its types, those the compiler made up left out.</summary>
    public IReadOnlyList<CompiledType> Types { get; }

    /// <summary>The assemblies of <c>src/</c> beside the running tests. One that is missing fails them all: what is not read is not tested.</summary>
    public static IReadOnlyList<CompiledAssembly> OfSource { get; } =
        [.. Codebase.Projects
            .Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project.Path))
            .Select(name => Read(name, Path.Combine(AppContext.BaseDirectory, name + ".dll")))];

    private static CompiledAssembly Read(string name, string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        return new CompiledAssembly(name, image.GetMetadataReader());
    }
}
