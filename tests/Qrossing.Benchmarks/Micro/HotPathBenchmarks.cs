using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Webhooks;
using Qrossing.Formats.Hashing;
using Qrossing.Formats.Json;
using Qrossing.Formats.Signatures;

namespace Qrossing.Benchmarks.Micro;

/// <summary>What every request, effect or delivery pays.</summary>
[MemoryDiagnoser]
public class HotPathBenchmarks
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes("""{"b":{"y":[1,2.5,"three"],"x":null},"a":"text with \"quotes\" and ünïcode","n":1234567890}""");
    private readonly byte[] _kilobyte = RandomNumberGenerator.GetBytes(1024);
    private readonly byte[] _digest = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _signature = new byte[64];
    private readonly ApiKeyText _text = ApiKeyText.Create("live");
    private readonly IdGenerator _ids = new(TimeProvider.System);
    private byte[] _hash = [];
    private JsonElement _json;

    [GlobalSetup]
    public void Setup()
    {
        _json = JsonElement.Parse(_body);
        _hash = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(_text.Text));
    }

    [Benchmark]
    public string Webhook_signature_of_1_KiB() => WebhookSecret.Sign([_key], "evt_06f1m2v8d9w3x5z7a1b4c6d8e0", 1_700_000_000, _kilobyte);

    [Benchmark]
    public byte[] Canonical_json_of_100_bytes() => Jcs.Canonicalize(_json);

    [Benchmark]
    public string Request_fingerprint() => RequestFingerprint.Compute("POST", "/v1/connections/orders/operations/createOrder", [], "application/json", _digest);

    /// <summary>Reading the text, the keyed hash, the comparison in constant time.</summary>
    [Benchmark]
    public bool Api_key_check() => ApiKeyText.TryParse(_text.Text, out var key)
        && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(key.Text)), _hash);

    [Benchmark]
    public EffectId New_id() => _ids.New<EffectId>();

    [Benchmark]
    public bool Transition_function() => EffectTransitions.Allows(new EffectState(EffectPhase.Sending), new EffectState(EffectPhase.Succeeded, Finality.Final));

    [Benchmark]
    public bool Secp256k1_sign() => Secp256k1.TrySign(_digest, _key, _signature, out _);

    [Benchmark]
    public byte[] Keccak_256_of_1_KiB() => Keccak256.Hash(_kilobyte);
}
