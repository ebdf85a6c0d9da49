using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Qrossing.Gateway.Authentication;
using Qrossing.Gateway.Authorization;
using Qrossing.Gateway.Health;
using Qrossing.Gateway.Observability;
using Qrossing.Gateway.Problems;
using Qrossing.Gateway.Proxy;
using Qrossing.Gateway.Reference;
using Qrossing.Gateway.Rest;
using Qrossing.Gateway.Rest.Access;
using Qrossing.Gateway.Rest.Audit;
using Qrossing.Gateway.Rest.Chains;
using Qrossing.Gateway.Rest.Connections;
using Qrossing.Gateway.Rest.Effects;
using Qrossing.Gateway.Rest.Events;
using Qrossing.Gateway.Rest.Storage;
using Qrossing.Gateway.Rest.Webhooks;

namespace Qrossing.Gateway;

/// <summary>Registers the HTTP front.</summary>
public static class GatewayRegistration
{
    private const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AllSources = "Qrossing*";

    /// <summary>The front with every resource, health, metrics and reference. Core's rooms must be registered too.</summary>
    /// <param name="services">The container.</param>
    /// <param name="options">Section <c>Gateway</c>.</param>
    /// <param name="otlpEndpoint">Where traces and metrics are exported by OTLP; null: where the environment says, or nowhere.</param>
    public static IServiceCollection AddQrossingGateway(this IServiceCollection services, GatewayOptions options, Uri? otlpEndpoint = null)
    {
        services.AddSingleton(options);
        services.AddSingleton<RequestIds>();
        services.AddSingleton<CredentialReader>();
        services.AddSingleton<RestPipeline>();
        services.AddSingleton<DenialAuditWorker>();
        services.AddHostedService(static provider => provider.GetRequiredService<DenialAuditWorker>());
        services.AddRouting();
        AddServer(services, options.Limits);
        AddResources(services);
        AddProxy(services);
        AddObservability(services, otlpEndpoint);
        AddReference(services);
        if (options.Cors.Origins.Count > 0)
        {
            services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. options.Cors.Origins])
                .AllowAnyMethod()
                .AllowAnyHeader()
                .WithExposedHeaders(RequestIds.Header, EffectAnswers.ReplayedHeader, "Preference-Applied", "Location", "ETag", "Retry-After", "Content-Range", "Accept-Ranges", "WWW-Authenticate")));
        }

        return services;
    }

    private static void AddServer(IServiceCollection services, LimitOptions options) =>
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            kestrel.ConfigureEndpointDefaults(static endpoint => endpoint.Protocols = HttpProtocols.Http1);
            var limits = kestrel.Limits;
            limits.MaxConcurrentConnections = options.MaxConnections;
            limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
            limits.RequestHeadersTimeout = options.HeadersTimeout;
            limits.KeepAliveTimeout = options.KeepAliveTimeout;
            limits.MaxRequestHeadersTotalSize = options.MaxHeadersBytes;
            limits.MaxRequestLineSize = Math.Min(options.MaxRequestLineBytes, options.MaxHeadersBytes);
            limits.MinRequestBodyDataRate = new MinDataRate(options.MinBodyBytesPerSecond, TimeSpan.FromSeconds(5));
            limits.MinResponseDataRate = new MinDataRate(options.MinBodyBytesPerSecond, TimeSpan.FromSeconds(5));
        });

    private static void AddResources(IServiceCollection services)
    {
        services.AddSingleton<ObjectReading>();
        services.AddSingleton<IMapsEndpoints, EffectEndpoints>();
        services.AddSingleton<IMapsEndpoints, ReceiptEndpoints>();
        services.AddSingleton<IMapsEndpoints, ObjectEndpoints>();
        services.AddSingleton<IMapsEndpoints, EventEndpoints>();
        services.AddSingleton<IMapsEndpoints, EventStreamEndpoints>();
        services.AddSingleton<IMapsEndpoints, SubscriptionEndpoints>();
        services.AddSingleton<IMapsEndpoints, DeliveryEndpoints>();
        services.AddSingleton<IMapsEndpoints, ConnectorEndpoints>();
        services.AddSingleton<IMapsEndpoints, ConnectionEndpoints>();
        services.AddSingleton<IMapsEndpoints, OperationEndpoints>();
        services.AddSingleton<IMapsEndpoints, CapabilityEndpoints>();
        services.AddSingleton<IMapsEndpoints, ApiKeyEndpoints>();
        services.AddSingleton<IMapsEndpoints, AuditEndpoints>();
        services.AddSingleton<IMapsEndpoints, TransparencyLogEndpoints>();
        services.AddSingleton<IMapsEndpoints, ChainEndpoints>();
        services.AddSingleton<IMapsEndpoints, WalletEndpoints>();
        services.AddSingleton<IMapsEndpoints, TransactionEndpoints>();
    }

    private static void AddProxy(IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<ModuleTargets>();
        services.AddSingleton<IMapsEndpoints, ModuleProxyEndpoints>();
    }

    private static void AddObservability(IServiceCollection services, Uri? otlpEndpoint)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<ProcessTelemetry>();
        services.AddSingleton<StateTelemetryWorker>();
        services.AddHostedService(static provider => provider.GetRequiredService<StateTelemetryWorker>());
        services.AddSingleton<IMapsEndpoints, HealthEndpoints>();
        services.AddSingleton<IMapsEndpoints, MetricsEndpoints>();
        if (otlpEndpoint is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(OtlpVariable)))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("qrossing"))
            .WithTracing(tracing => tracing.AddSource(AllSources).AddOtlpExporter(exporter => Point(exporter, otlpEndpoint, "traces")))
            .WithMetrics(metrics => metrics.AddMeter(AllSources).AddOtlpExporter(exporter => Point(exporter, otlpEndpoint, "metrics")));
    }

    // The variables of the OpenTelemetry specification rule unless the configuration names an endpoint: then it is HTTP, with the signal's path below it.
    private static void Point(OtlpExporterOptions exporter, Uri? endpoint, string signal)
    {
        if (endpoint is not null)
        {
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
        }
    }

    private static void AddReference(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(ApiDocument.Name, static document =>
        {
            document.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1;
            document.AddDocumentTransformer<ApiDocument>();
            document.AddSchemaTransformer<SchemaShape>();
        });
        services.AddSingleton<IMapsEndpoints, ReferenceEndpoints>();
        services.AddSingleton<IMapsEndpoints, ProblemPageEndpoints>();
    }
}
