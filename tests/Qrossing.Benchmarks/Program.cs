using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Qrossing.Benchmarks.Measuring;
using Qrossing.Benchmarks.Micro;
using Qrossing.Benchmarks.Profiles;
using Qrossing.Benchmarks.Rivals;
using Qrossing.TestKit.Processes;

IProfile[] profiles =
[
    new StartProfile(), new ProxyProfile(), new EffectsAcceptedProfile(), new EffectsSucceededProfile(), new AuditProfile(), new StreamProfile(), new GrowthProfile(),
];

switch (args)
{
    case [YarpRival.Verb, var url, var upstream]:
        await YarpRival.ServeAsync(url, upstream);
        return 0;
    case ["micro"]:
        // In this process: the repository's build settings (one artifacts folder, warnings as errors) do not fit generated projects.
        var job = (Environment.GetEnvironmentVariable("QROSSING_BENCH_SHORT") is null ? Job.Default : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
        BenchmarkRunner.Run<HotPathBenchmarks>(DefaultConfig.Instance.AddJob(job).WithArtifactsPath(RepositoryRoot.Combine("artifacts", "bench", "micro")));
        return 0;
    case ["run", var gateway, .. var names]:
        var isFull = names.Contains("--full");
        names = [.. names.Where(static name => name != "--full")];
        if (names.Except(profiles.Select(static profile => profile.Name)).ToList() is { Count: > 0 } unknown)
        {
            await Console.Error.WriteLineAsync($"No such profile: {string.Join(", ", unknown)}. There are: {string.Join(", ", profiles.Select(static profile => profile.Name))}.");
            return 2;
        }

        var report = new Report(RepositoryRoot.Combine("artifacts", "bench", "results"));
        Directory.CreateDirectory(report.Directory);
        foreach (var profile in profiles.Where(profile => names.Length == 0 || names.Contains(profile.Name)))
        {
            await profile.RunAsync(new ProfileOptions { Gateway = Path.GetFullPath(gateway), IsFull = isFull }, report);
        }

        report.Finish();
        return 0;
    default:
        await Console.Error.WriteLineAsync("run PATH-OF-Qrossing.dll [PROFILE...] [--full] | micro");
        return 2;
}
