using System.Reflection;
using System.Reflection.Metadata;

namespace Qrossing.Tests.Architecture;

/// <summary>A type of a <see cref="CompiledAssembly"/>.</summary>
internal sealed class CompiledType
{
    public CompiledType(MetadataReader metadata, TypeDefinition definition)
    {
        Name = metadata.GetString(definition.Name).Split('`')[0];
        Namespace = metadata.GetString(definition.Namespace);
        BaseType = definition.BaseType.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)definition.BaseType).Name)
            : "";
        IsSealed = definition.Attributes.HasFlag(TypeAttributes.Sealed);
        IsAbstract = definition.Attributes.HasFlag(TypeAttributes.Abstract);
        IsInterface = definition.Attributes.HasFlag(TypeAttributes.Interface);
        IsRecord = definition.GetMethods().Any(method => metadata.GetString(metadata.GetMethodDefinition(method).Name) == "<Clone>$");
        IsGenerated = Name.Contains('<', StringComparison.Ordinal) || definition.GetCustomAttributes()
            .Select(handle => metadata.GetCustomAttribute(handle).Constructor)
            .Where(constructor => constructor.Kind == HandleKind.MemberReference)
            .Select(constructor => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent)
            .Where(parent => parent.Kind == HandleKind.TypeReference)
            .Any(parent => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");
    }

    public string Name { get; }

    /// <summary>Empty for nested types.</summary>
    public string Namespace { get; }

    /// <summary>Simple name of the base type if it is in another assembly.</summary>
    public string BaseType { get; }

    public bool IsSealed { get; }

    public bool IsAbstract { get; }

    public bool IsInterface { get; }

    public bool IsRecord { get; }

    public bool IsGenerated { get; }

    public bool IsStatic => IsAbstract && IsSealed;

    public override string ToString() => $"{Namespace}.{Name}";
}
