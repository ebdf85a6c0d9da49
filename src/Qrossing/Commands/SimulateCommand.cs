using System.CommandLine;
using Qrossing.Simulators.Modules;

namespace Qrossing.Commands;

/// <summary><c>simulate NAME...</c>: third-party simulators on loopback.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Simulators to run: modules.", Arity = ArgumentArity.OneOrMore };
        var faults = new Option<string?>("--faults") { Description = "JSON file with fault rules." };
        var state = new Option<string>("--state") { Description = "Directory of the simulators' state.", DefaultValueFactory = _ => Path.Combine("data", "simulators") };
        var url = new Option<string>("--url") { Description = "Where to listen; loopback only.", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        var command = new Command("simulate", "Run simulators of third parties on loopback.") { names, faults, state, url };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(names),
            new ModulesSimulatorOptions
            {
                Url = parsed.GetRequiredValue(url),
                StateDirectory = Path.Combine(parsed.GetRequiredValue(state), "modules"),
                FaultsFile = parsed.GetValue(faults),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, ModulesSimulatorOptions options, CancellationToken cancellationToken)
    {
        if (Array.Find(names, static name => name != "modules") is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no simulator '{unknown}'. Installed: modules.");
            return CommandRunner.Usage;
        }

        ModulesSimulator simulator;
        try
        {
            simulator = await ModulesSimulator.StartAsync(options, cancellationToken);
        }
        catch (SimulatorConfigurationException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return CommandRunner.Usage;
        }

        await using (simulator)
        {
            Console.WriteLine($"modules {simulator.BaseUrl}");
            foreach (var module in simulator.ModuleNames)
            {
                Console.WriteLine($"  {module,-8} BaseUrl {simulator.BaseUrl}/{module}");
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return CommandRunner.Done;
    }
}
