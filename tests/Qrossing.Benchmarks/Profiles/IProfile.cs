using Qrossing.Benchmarks.Measuring;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>A load with its figures and, in the same run, its rival.</summary>
internal interface IProfile
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    Task RunAsync(ProfileOptions options, Report report);
}
