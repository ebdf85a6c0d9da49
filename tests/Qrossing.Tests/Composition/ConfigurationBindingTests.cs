using Microsoft.Extensions.Configuration;
using Qrossing.Composition;

namespace Qrossing.Tests.Composition;

[Trait("Kind", "unit")]
public sealed class ConfigurationBindingTests
{
    [Theory]
    [InlineData("Dta:Engine", "sqlite", "Dta: unknown key; did you mean 'Data'?")]
    [InlineData("Wallpaper:Colour", "red", "Wallpaper: unknown key; there are Data, Secrets,")]
    [InlineData("Data:Directory:x", "y", "Data:Directory: takes one value, not a section.")]
    [InlineData("Data", "sqlite", "Data: is a section: Engine,")]
    [InlineData("Modules", "qindex", "Modules: is a section with names of your own")]
    [InlineData("Gateway:Limits:MaxConnections", "many", "Gateway:Limits:MaxConnections: 'many' is not a number in range.")]
    [InlineData("Logging:Level", "7", "Logging:Level: '7' is not one of Trace,")]
    [InlineData("Egress:Allow", "127.0.0.1, not a host!, ::1/64", "Egress:Allow: 'not a host!' is neither host,", "Egress:Allow: '::1/64' is neither host,")]
    [InlineData("Data:Engine", "postgresql", "Data:ConnectionString: PostgreSQL needs a connection string.")]
    [InlineData("Resilience:TotalTimeout", "00:00:01", "Resilience:AttemptTimeout: attemptTimeout is at most totalTimeout.")]
    [InlineData("Gateway:Cors:Origins:0", "*", "Gateway:Cors:Origins: '*' is not an origin")]
    public void What_is_wrong_is_named(string key, string value, params string[] expected)
    {
        var failures = Failures((key, value));

        Assert.Equal(expected.Length, failures.Count);
        Assert.All(expected.Zip(failures), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_item_of_a_list_is_judged_by_itself() =>
        Assert.Equal(
            ["Numbers: 'x' is not a number in range.", "Numbers:0: '' is not a number in range."],
            Failures<Lists>(("Numbers", "1,x,2"), ("Numbers:0", "")));

    [Theory]
    [InlineData("https://app.example.org", true)]
    [InlineData("http://127.0.0.1:3000", true)]
    [InlineData("http://[::1]:3000", true)]
    [InlineData("https://app.example.org/", false)]
    [InlineData("https://app.example.org:443", false)]
    [InlineData("https://App.example.org", false)]
    [InlineData("https://*.example.org", false)]
    [InlineData("https://app.example.org/path", false)]
    [InlineData("https://user@app.example.org", false)]
    [InlineData("file:///x", false)]
    [InlineData("null", false)]
    public void Origin_is_what_a_browser_sends(string origin, bool taken) =>
        Assert.Equal(taken, Failures(("Gateway:Cors:Origins:0", origin)).Count == 0);

    [Theory]
    [InlineData("Host=db;Username=q;Database=q", true)]
    [InlineData("Host=db;Username=q;Password=hunter2", false)]
    [InlineData("Host=db;Username=q;PWD=hunter2", false)]
    [InlineData("Host=db;SSL Password=hunter2", false)]
    [InlineData("Host=db;Colour=red", false)]
    public void Connection_string_holds_no_password(string text, bool taken)
    {
        var failures = Failures(("Data:Engine", "postgresql"), ("Data:ConnectionString", text), ("Data:Password", "env:PG_PASSWORD"));

        Assert.Equal(taken, failures.Count == 0);
        Assert.DoesNotContain(failures, failure => failure.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Password_of_the_database_is_a_reference() =>
        Assert.Equal(["Data:Password: a secret is given as env:NAME or file:PATH, never in plain text."], Failures(("Data:Password", "hunter2")));

    [Fact]
    public void Password_is_opened_for_the_data_layer_only()
    {
        const string Name = "TESTS_DATABASE_PASSWORD";
        Environment.SetEnvironmentVariable(Name, "hunter2;x=1");
        var options = new Qrossing.Data.DataOptions { Engine = "postgresql", ConnectionString = "Host=db", Password = new($"env:{Name}") };

        Assert.Contains("Password=\"hunter2;x=1\"", DatabasePassword.Open(options).ConnectionString, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => DatabasePassword.Open(options with { Password = new("env:TESTS_NOT_SET") }));
        Assert.Throws<ConfigurationException>(() => DatabasePassword.Open(options with { Password = new("file:/nowhere") }));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080;http://[::1]:5080", 0)]
    [InlineData("http://*:80", 0)]
    [InlineData("127.0.0.1", 1)]
    [InlineData("https://127.0.0.1:5443", 1)]
    [InlineData("http://127.0.0.1:5080/base;ftp://x", 2)]
    public void Listener_that_cannot_be_is_named(string urls, int wrong) => Assert.Equal(wrong, ListenerUrls.Failures(urls).Count());

    private static List<string> Failures(params (string Key, string Value)[] settings) => Failures<QrossingOptions>(settings);

    private static List<string> Failures<T>(params (string Key, string Value)[] settings)
    {
        var failures = new List<string>();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(item => item.Key, item => (string?)item.Value)).Build();
        new ConfigurationBinding(failures).Bind(typeof(T), configuration, string.Empty);
        return failures;
    }

    private sealed record Lists
    {
        public IReadOnlyList<int> Numbers { get; init; } = [];
    }
}
