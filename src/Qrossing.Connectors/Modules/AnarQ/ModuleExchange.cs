using System.Text;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;
using Qrossing.Connectors.Modules.AnarQ.Dialects;
using Qrossing.Connectors.Modules.AnarQ.Signers;
using Qrossing.Connectors.Wire;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>One request to the module: address, standard headers, signature, reply without its envelope. What the gateway sends itself and what its proxy passes through are prepared alike.</summary>
internal sealed class ModuleExchange(AnarQOptions options)
{
    private readonly string _root = options.BaseUrl.AbsoluteUri.TrimEnd('/') + options.Prefix;
    private readonly string _idFormat = ModuleDefaults.IdFormatOf(options);
    private readonly EnvelopeDialect _dialect = EnvelopeDialect.Of(ModuleDefaults.DialectOf(options));
    private readonly RequestSigner? _signer = RequestSigner.Of(options.Signer);

    /// <summary>Scheme, host, port and prefix; no trailing slash.</summary>
    public string Root => _root;

    /// <summary>An identity as this module writes it; null when it has no such spelling.</summary>
    public string? IdentityText(string identity) =>
        SquidIdentifier.TryParse(identity, out var identifier) ? identifier.ToText(_idFormat) : null;

    /// <summary>Whether the signature covers the body.</summary>
    public bool SignsBody => _signer?.CoversBody == true;

    /// <summary>Prepared, then sent once; whatever status comes back is a success here.</summary>
    public async ValueTask<ConnectorResult<PeerReply>> SendAsync(ModuleRequest request, ConnectorCall call, CancellationToken cancellationToken)
    {
        var prepared = await PrepareAsync(request, call, cancellationToken);
        if (!prepared.IsSuccess)
        {
            return prepared.Fault;
        }

        using var message = new HttpRequestMessage(new HttpMethod(request.Method), prepared.Value.Target);
        Fill(message, prepared.Value);
        using var limit = options.Timeout is { } timeout ? new CancellationTokenSource(timeout, call.Clock) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await call.ExchangeAsync(message, either.Token);
    }

    /// <summary>
    /// (1) The path must stay below the prefix. (2) Headers, the caller's where they may go along. (3) Body, written the way the verifier
    /// will write it when the signature covers it. (4) Signature. (5) Every value must be one that all servers read alike.
    /// </summary>
    public async ValueTask<ConnectorResult<PreparedModuleRequest>> PrepareAsync(ModuleRequest request, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!StaysBelowPrefix(request.PathAndQuery) || !Uri.TryCreate(_root + request.PathAndQuery, UriKind.Absolute, out var target))
        {
            return AnarQFaults.PathInvalid;
        }

        var headers = HeadersOf(request, call);
        if (!headers.IsSuccess)
        {
            return headers.Fault;
        }

        var body = request.Body;
        if (_signer is not null)
        {
            if (_signer.CoversBody && !TryMakeSignable(ref body))
            {
                return AnarQFaults.BodyNotSignable;
            }

            if (await SignAsync(request, body, headers.Value, call, cancellationToken) is { } fault)
            {
                return fault;
            }
        }

        foreach (var value in headers.Value.Values)
        {
            if (!ModuleHeaders.IsValue(value))
            {
                return AnarQFaults.HeaderInvalid;
            }
        }

        return new PreparedModuleRequest { Target = target, Headers = headers.Value, Body = body };
    }

    /// <summary>The reply without its envelope, or the fault it means.</summary>
    public ConnectorResult<NormalReply> Normalise(PeerReply reply, ConnectorCall call) => _dialect.Read(reply) switch
    {
        null => AnarQFaults.ReplyUnreadable,
        { Ok: false } error => AnarQFaults.Of(reply, error, call.Clock),
        { } success => success,
    };

    private static bool StaysBelowPrefix(string pathAndQuery) =>
        pathAndQuery.StartsWith('/')
        && !pathAndQuery.AsSpan().ContainsAny('\\', '#', ' ')
        && !PathTraversal.IsIn(PathOf(pathAndQuery));

    private static string PathOf(string pathAndQuery) => pathAndQuery.Split('?', 2)[0];

    private ConnectorResult<Dictionary<string, string>> HeadersOf(ModuleRequest request, ConnectorCall call)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [ModuleHeaders.ApiVersion] = ModuleHeaders.DefaultApiVersion,
            [ModuleHeaders.CorrelationId] = call.IdempotencyKey,
            [ModuleHeaders.Timestamp] = call.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(),
        };
        AddIfGiven(headers, ModuleHeaders.SquidId, options.SquidId);
        AddIfGiven(headers, ModuleHeaders.SubId, options.SubId);
        foreach (var (name, value) in request.Headers)
        {
            if (ModuleHeaders.MayForward(name, signing: _signer is not null))
            {
                headers[name] = value;
            }
        }

        if (headers.TryGetValue(ModuleHeaders.SquidId, out var identity))
        {
            if (IdentityText(identity) is not { } formatted)
            {
                return AnarQFaults.IdentityInvalid;
            }

            headers[ModuleHeaders.SquidId] = formatted;
        }

        return headers;
    }

    private static void AddIfGiven(Dictionary<string, string> headers, string name, string? value)
    {
        if (value is not null)
        {
            headers[name] = value;
        }
    }

    /// <summary>
    /// The verifiers parse the body and hash what they write out again. The canonical form (RFC 8785) is what ECMAScript writes for it,
    /// so it is sent instead of the caller's spelling. Without a body their parsers see an empty object.
    /// </summary>
    private static bool TryMakeSignable(ref ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return true;
        }

        if (!StrictJson.TryParse(body, out var document, out _))
        {
            return false;
        }

        using (document)
        {
            if (!Jcs.TryCanonicalizeExact(document.RootElement, out var canonical, out _))
            {
                return false;
            }

            body = canonical;
            return true;
        }
    }

    private async ValueTask<Fault?> SignAsync(ModuleRequest request, ReadOnlyMemory<byte> body, Dictionary<string, string> headers, ConnectorCall call, CancellationToken cancellationToken)
    {
        var secret = "";
        if (options.SignerSecret is { } reference)
        {
            var opened = await call.Secrets.ReadAsync(reference, cancellationToken);
            if (!opened.IsSuccess)
            {
                return opened.Fault;
            }

            secret = opened.Value;
        }

        var input = new SignatureInput(
            request.Method,
            PathOf(request.PathAndQuery),
            body.IsEmpty ? "{}" : Encoding.UTF8.GetString(body.Span),
            headers[ModuleHeaders.SquidId],
            headers[ModuleHeaders.Timestamp],
            secret);
        foreach (var (name, value) in _signer!.Sign(input))
        {
            headers[name] = value;
        }

        return null;
    }

    /// <summary>A request that writes has a content object even when it is empty: without one the HTTP handler would send it again by itself on a stale connection.</summary>
    private static void Fill(HttpRequestMessage message, PreparedModuleRequest prepared)
    {
        if (!prepared.Body.IsEmpty || (message.Method != HttpMethod.Get && message.Method != HttpMethod.Head))
        {
            message.Content = new ReadOnlyMemoryContent(prepared.Body);
        }

        // A content header without content (a GET with a content type) has nothing to describe and is left out.
        foreach (var (name, value) in prepared.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
