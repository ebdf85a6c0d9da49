using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Qrossing.Simulators.Modules.Squid;

/// <summary>sQuid, mounted at <c>/</c> and at <c>/api/v1</c> below its prefix. Creating and reading need no authentication; a read that names an identity must sign.</summary>
internal sealed partial class SquidEndpoints(Journal journal, DateTimeOffset startedAt) : SimulatedModule(journal)
{
    private const int MaxSubidentities = 10;

    private static readonly string[] PrivacyLevels = ["PUBLIC", "DAO_ONLY", "PRIVATE", "ANONYMOUS"];
    private static readonly string[] SubidentityTypes = ["DAO", "ENTERPRISE", "CONSENTIDA", "AID"];
    private static readonly string[] DocumentTypes = ["passport", "drivers_license", "national_id"];
    private static readonly string[] Levels = ["UNVERIFIED", "BASIC", "ENHANCED", "INSTITUTIONAL"];
    private static readonly string[] Statuses = ["ACTIVE", "INACTIVE", "SUSPENDED", "DELETED", "PENDING_VERIFICATION"];

    private readonly SquidStore _store = new(journal);

    public override string Name => "squid";

    public override IReadOnlyList<ModuleRoute> Routes => [new("GET", "/health", Health), .. Api(""), .. Api("/api/v1")];

    public override ModuleAnswer Error(ModuleCall call, ModuleError error) => new(error.Status, SquidWire.Error(call, error));

    /// <summary>What no endpoint of sQuid can bring about (there is no provider behind its verification): an operator's decision about an identity.</summary>
    public ModuleError? Decide(string id, BodyCheck decision, DateTimeOffset now)
    {
        decision.Only("verificationLevel", "status", "reputation");
        var level = decision.String("verificationLevel", oneOf: Levels);
        var status = decision.String("status", oneOf: Statuses);
        var reputation = decision.Number("reputation", 0, 1_000);
        if (!decision.Ok)
        {
            return ModuleError.Validation(decision.Violations);
        }

        if (_store.Find(id) is not { } identity)
        {
            return IdentityNotFound;
        }

        _store.Save("operator_decision", id, identity with
        {
            VerificationLevel = level ?? identity.VerificationLevel,
            Status = status ?? identity.Status,
            Reputation = reputation ?? identity.Reputation,
            Kyc = identity.Kyc with { Approved = identity.Kyc.Approved || level is "ENHANCED" or "INSTITUTIONAL" },
            UpdatedAt = now,
        });
        return null;
    }

    private static ModuleError IdentityNotFound => new(404, "IDENTITY_NOT_FOUND", "There is no such identity.");

    private ModuleRoute[] Api(string mount) =>
    [
        new("POST", $"{mount}/identity", Create),
        new("GET", $"{mount}/identity/{{id}}", Get),
        new("PUT", $"{mount}/identity/{{id}}", Update),
        new("DELETE", $"{mount}/identity/{{id}}", Delete),
        new("POST", $"{mount}/identity/{{id}}/subidentity", CreateSubidentity),
        new("PUT", $"{mount}/identity/{{id}}/verify", Verify),
        new("GET", $"{mount}/identity/{{id}}/reputation", Reputation),
    ];

    private ModuleAnswer Health(ModuleCall call) => new(200, new JsonObject
    {
        ["status"] = "healthy",
        ["timestamp"] = MillisecondTimestampConverter.Format(call.Now),
        ["version"] = "1.0.0",
        ["dependencies"] = new JsonObject(),
        ["metrics"] = new JsonObject { ["uptime"] = (long)(call.Now - startedAt).TotalMilliseconds },
    });

    private ModuleAnswer Create(ModuleCall call)
    {
        var body = new BodyCheck(call.Body);
        var profile = Profile(body, nameRequired: true);
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        var id = RandomIds.Uuid();
        var identity = Merge(profile, new SquidIdentity
        {
            Did = id,
            Name = "",
            Type = "ROOT",
            RootId = id,
            Depth = 0,
            Path = [id],
            Status = "ACTIVE",
            VerificationLevel = "UNVERIFIED",
            Reputation = 100,
            GovernanceType = "SELF",
            PrivacyLevel = "PUBLIC",
            PublicKey = $"pub_{RandomIds.Uuid()}",
            Kyc = new SquidKyc(),
            CreatedAt = call.Now,
            UpdatedAt = call.Now,
            LastUsed = call.Now,
        });
        return new ModuleAnswer(201, SquidWire.Ok(call, "IDENTITY_CREATED", "The identity was created.", _store.Save("create_identity", identity.Name, identity)));
    }

    private ModuleAnswer Get(ModuleCall call)
    {
        if (OptionalAuthentication(call) is { } error)
        {
            return Error(call, error);
        }

        return _store.Find(call.Route("id")) is { } identity
            ? new ModuleAnswer(200, SquidWire.Ok(call, "IDENTITY_RETRIEVED", "The identity was found.", identity))
            : Error(call, IdentityNotFound);
    }

    private ModuleAnswer Reputation(ModuleCall call)
    {
        if (OptionalAuthentication(call) is { } error)
        {
            return Error(call, error);
        }

        return _store.Find(call.Route("id")) is { } identity
            ? new ModuleAnswer(200, SquidWire.Reputation(call, identity))
            : Error(call, IdentityNotFound with { Code = "REPUTATION_RETRIEVAL_FAILED" });
    }

    private ModuleAnswer Update(ModuleCall call) => AsOwner(call, "IDENTITY_UPDATE_FAILED", identity =>
    {
        var body = new BodyCheck(call.Body);
        body.Only("name", "description", "avatar", "tags", "privacyLevel", "metadata");
        var profile = Profile(body, nameRequired: false);
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations) with { Code = "IDENTITY_UPDATE_FAILED" });
        }

        var updated = _store.Save("update_identity", identity.Did, Merge(profile, identity) with { UpdatedAt = call.Now });
        return new ModuleAnswer(200, SquidWire.Ok(call, "IDENTITY_UPDATED", "The identity was updated.", updated));
    });

    private ModuleAnswer Delete(ModuleCall call) => AsOwner(call, "IDENTITY_DELETION_FAILED", identity =>
    {
        if (identity.Children.Length > 0)
        {
            return Error(call, new ModuleError(409, "IDENTITY_DELETION_FAILED", "The identity still has sub-identities."));
        }

        _store.Save("delete_identity", identity.Did, identity with { Status = "DELETED", UpdatedAt = call.Now });
        return new ModuleAnswer(200, SquidWire.Ok(call, "IDENTITY_DELETED", "The identity was deleted.", null));
    });

    private ModuleAnswer Verify(ModuleCall call) => AsOwner(call, "VERIFICATION_SUBMISSION_FAILED", identity =>
    {
        var body = new BodyCheck(call.Body);
        body.String("fullName", required: true);
        body.Instant("dateOfBirth", required: true);
        var documentType = body.String("documentType", required: true, oneOf: DocumentTypes);
        var documentNumber = body.String("documentNumber", required: true);
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        if (identity.Kyc.Submitted)
        {
            return Error(call, new ModuleError(409, "VERIFICATION_SUBMISSION_FAILED", "A verification was submitted already."));
        }

        var submitted = _store.Save("verify", identity.Did, identity with
        {
            Status = "PENDING_VERIFICATION",
            UpdatedAt = call.Now,
            Kyc = identity.Kyc with { Submitted = true, SubmittedAt = call.Now, DocumentType = documentType, DocumentIdentifier = documentNumber![^int.Min(4, documentNumber!.Length)..] },
        });
        return new ModuleAnswer(200, SquidWire.Ok(call, "VERIFICATION_SUBMITTED", "The verification was submitted.", submitted));
    });

    private ModuleAnswer CreateSubidentity(ModuleCall call)
    {
        var (signer, error) = SquidAuthenticationPolicy.Authenticate(call, _store);
        if (signer is null || (error = SubidentityObstacle(signer, call.Route("id"))) is not null)
        {
            return Error(call, error!);
        }

        var body = new BodyCheck(call.Body);
        var profile = Profile(body, nameRequired: true);
        var type = body.String("type", required: true, oneOf: SubidentityTypes);
        var kycLevel = body.String("kycLevel", oneOf: Levels[1..]);
        body.String("purpose", max: 500);
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        var parent = _store.Find(call.Route("id"))!;
        var id = RandomIds.Uuid();
        var identity = Merge(profile, new SquidIdentity
        {
            Did = id,
            Name = "",
            Type = type!,
            ParentId = parent.Did,
            RootId = parent.RootId,
            Depth = parent.Depth + 1,
            Path = [.. parent.Path, id],
            Status = "ACTIVE",
            VerificationLevel = "UNVERIFIED",
            Reputation = parent.Reputation * 8 / 10,
            GovernanceType = type switch { "DAO" or "ENTERPRISE" => "DAO", "CONSENTIDA" => "PARENT", _ => "SELF" },
            PrivacyLevel = type switch { "AID" => "ANONYMOUS", "CONSENTIDA" => "PRIVATE", "ENTERPRISE" => "DAO_ONLY", _ => "PUBLIC" },
            PublicKey = $"pub_{RandomIds.Uuid()}",
            Kyc = new SquidKyc { Required = type is not "CONSENTIDA", Level = kycLevel },
            CreatedAt = call.Now,
            UpdatedAt = call.Now,
            LastUsed = call.Now,
        });
        var created = _store.Save("create_subidentity", $"{parent.Did}/{identity.Name}", identity);
        return new ModuleAnswer(201, SquidWire.Ok(call, "SUBIDENTITY_CREATED", "The sub-identity was created.", created));
    }

    private ModuleError? SubidentityObstacle(SquidIdentity signer, string parentId)
    {
        if (Array.IndexOf(Levels, signer.VerificationLevel) < Array.IndexOf(Levels, "ENHANCED"))
        {
            return new ModuleError(403, "SQUID_INSUFFICIENT_VERIFICATION", $"This needs the verification level ENHANCED, the identity has {signer.VerificationLevel}.");
        }

        if (SquidAuthenticationPolicy.Owns(signer, parentId) is { } error)
        {
            return error;
        }

        return _store.Find(parentId) switch
        {
            { Type: not "ROOT" } or { VerificationLevel: "UNVERIFIED" } => new ModuleError(400, "SUBIDENTITY_CREATION_FAILED", "The parent must be a verified ROOT identity."),
            { Children.Length: >= MaxSubidentities } => new ModuleError(409, "SUBIDENTITY_CREATION_FAILED", $"An identity has at most {MaxSubidentities} sub-identities."),
            _ => null,
        };
    }

    private ModuleError? OptionalAuthentication(ModuleCall call) =>
        call.Header("x-squid-id") is null ? null : SquidAuthenticationPolicy.Authenticate(call, _store).Error;

    private ModuleAnswer AsOwner(ModuleCall call, string failureCode, Func<SquidIdentity, ModuleAnswer> handler)
    {
        var target = call.Route("id");
        var (signer, error) = SquidAuthenticationPolicy.Authenticate(call, _store);
        error ??= SquidAuthenticationPolicy.Owns(signer!, target);
        if (error is not null)
        {
            return Error(call, error);
        }

        return _store.Find(target) is { } identity ? handler(identity) : Error(call, IdentityNotFound with { Code = failureCode });
    }

    private static SquidProfile Profile(BodyCheck body, bool nameRequired) => new(
        body.String("name", nameRequired, max: 100, pattern: NamePattern()),
        body.String("description", max: 500),
        body.String("avatar", max: 2_048),
        body.Strings("tags", maxItems: 10),
        body.String("privacyLevel", oneOf: PrivacyLevels),
        body.Object("metadata"));

    private static SquidIdentity Merge(SquidProfile profile, SquidIdentity identity) => identity with
    {
        Name = profile.Name ?? identity.Name,
        Description = profile.Description ?? identity.Description,
        Avatar = profile.Avatar ?? identity.Avatar,
        Tags = profile.Tags ?? identity.Tags,
        PrivacyLevel = profile.PrivacyLevel ?? identity.PrivacyLevel,
        Metadata = profile.Metadata ?? identity.Metadata,
    };

    [GeneratedRegex(@"^[a-zA-Z0-9\s\-_.]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    /// <summary>The members an identity's owner may set.</summary>
    private sealed record SquidProfile(string? Name, string? Description, string? Avatar, string[]? Tags, string? PrivacyLevel, JsonElement? Metadata);
}
