using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Effects.Running;

/// <summary>Reads a connector's lookup as evidence.</summary>
internal static class LookupEvidence
{
    /// <summary>The evidence in a lookup; a fault of the lookup itself shows nothing.</summary>
    public static Evidence ToEvidence<T>(this ConnectorResult<Lookup<T>> lookup, Func<T, Evidence> found) =>
        !lookup.IsSuccess ? Evidence.OfLookup(lookup.Fault) : lookup.Value switch
        {
            Lookup<T>.Found hit => found(hit.Result),
            Lookup<T>.DefinitelyAbsent => new Evidence.Absent(),
            Lookup<T>.Superseded other => new Evidence.Superseded(other.By),
            Lookup<T>.CannotTell unclear => new Evidence.CannotTell(unclear.Reason),
            _ => new Evidence.CannotTell("lookup.unreadable"),
        };
}
