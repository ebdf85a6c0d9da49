namespace Qrossing.Simulators.Modules;

/// <summary>One operation of a module; <paramref name="Pattern"/> is an ASP.NET route pattern below the module's prefix.</summary>
internal sealed record ModuleRoute(string Method, string Pattern, Func<ModuleCall, ModuleAnswer> Handler);
