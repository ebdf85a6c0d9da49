using Qrossing.Connectors.Modules.AnarQ.Dialects;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>What the modules' published code does where a connection states nothing else.</summary>
internal static class ModuleDefaults
{
    public static string DialectOf(AnarQOptions options) => options.Dialect ?? options.Module switch
    {
        "qindex" => QindexDialect.Name,
        "qflow" => BareDialect.Name,
        "qmarket" => MonolithDialect.Name,
        _ => QDialect.Name,
    };

    public static string IdFormatOf(AnarQOptions options) => options.IdFormat ?? options.Module switch
    {
        "squid" => "uuid",
        "qonsent" or "dao" => "did:squid:",
        _ => "squid_",
    };
}
