using Qrossing.TestKit.Counterparts;

// One host per test process: its peers start when the first test asks, and are shared.
[assembly: AssemblyFixture(typeof(CounterpartHost))]
