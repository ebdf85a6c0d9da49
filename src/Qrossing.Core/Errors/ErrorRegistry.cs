using System.Collections.Frozen;
using System.Reflection;

namespace Qrossing.Core.Errors;

/// <summary>All registered errors. Each room declares its own in a static class <c>*Errors</c>; they are collected here by their type, so none can be forgotten.</summary>
public static class ErrorRegistry
{
    /// <summary>Reads the public static <see cref="ErrorCode"/> fields of every <c>*Errors</c> class in the assemblies. A code declared twice stops the start.</summary>
    public static FrozenDictionary<string, ErrorCode> Collect(params Assembly[] assemblies)
    {
        var all = new Dictionary<string, ErrorCode>();
        foreach (var error in assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Errors", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(ErrorCode))
            .Select(field => (ErrorCode)field.GetValue(null)!))
        {
            if (!all.TryAdd(error.Code, error))
            {
                throw new InvalidOperationException($"The error code '{error.Code}' is declared twice.");
            }
        }

        return all.ToFrozenDictionary();
    }
}
