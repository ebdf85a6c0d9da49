using System.Net;
using Qrossing.Simulators.Modules;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "contract")]
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qrossing-modules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<ModulesSimulator> StartAsync(string url = "http://127.0.0.1:0", string? faultsFile = null) => ModulesSimulator.StartAsync(
        new ModulesSimulatorOptions { Url = url, StateDirectory = Path.Combine(_folder, "state"), FaultsFile = faultsFile },
        TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://localhost:0")]
    [InlineData("http://127.0.0.2:0")]
    [InlineData("http://192.0.2.1:80")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0/base")]
    [InlineData("http://user@127.0.0.1:0")]
    [InlineData("127.0.0.1:0")]
    public async Task Url_that_is_not_plain_loopback_is_refused(string url) =>
        Assert.Contains(url, (await Assert.ThrowsAsync<SimulatorConfigurationException>(() => StartAsync(url))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Base_url_has_the_real_port_and_answers()
    {
        await using var simulator = await StartAsync();
        using var http = new HttpClient();

        Assert.Matches("^http://127\\.0\\.0\\.1:[1-9][0-9]*$", simulator.BaseUrl);
        using var response = await http.GetAsync($"{simulator.BaseUrl}/qindex/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Taken_port_is_refused_and_releases_the_state_directory()
    {
        await using var other = await ModulesSimulator.StartAsync(new ModulesSimulatorOptions { StateDirectory = Path.Combine(_folder, "other") }, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<SimulatorConfigurationException>(() => StartAsync(other.BaseUrl));

        await using var simulator = await StartAsync();
    }

    [Fact]
    public async Task Faults_file_is_in_force_from_the_first_request()
    {
        var file = Path.Combine(_folder, "faults.json");
        await File.WriteAllTextAsync(file, """[{"fault":"status","status":503,"times":1}]""", TestContext.Current.CancellationToken);
        await using var simulator = await StartAsync(faultsFile: file);
        using var http = new HttpClient();

        using var first = await http.GetAsync($"{simulator.BaseUrl}/qindex/health", TestContext.Current.CancellationToken);
        using var second = await http.GetAsync($"{simulator.BaseUrl}/qindex/health", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Faults_file_with_errors_stops_the_start_naming_all_of_them()
    {
        var file = Path.Combine(_folder, "faults.json");
        await File.WriteAllTextAsync(file, """[{"fault":"aplied_then_timeout"},{"fault":"close","time":1}]""", TestContext.Current.CancellationToken);

        var message = (await Assert.ThrowsAsync<SimulatorConfigurationException>(() => StartAsync(faultsFile: file))).Message;

        Assert.Contains("/0/fault 'aplied_then_timeout' is unknown", message, StringComparison.Ordinal);
        Assert.Contains("/1/time is unknown", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_faults_file_stops_the_start() =>
        await Assert.ThrowsAsync<SimulatorConfigurationException>(() => StartAsync(faultsFile: Path.Combine(_folder, "none.json")));

    [Fact]
    public async Task State_directory_that_is_a_file_stops_the_start()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "state"), "", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<SimulatorConfigurationException>(() => StartAsync());
    }
}
