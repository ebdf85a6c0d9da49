using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Qrossing.Gateway.Reference;

/// <summary>Makes schemas say what the wire says: a member without a value is left out and never null.</summary>
internal sealed class SchemaShape : IOpenApiSchemaTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema.Type is { } type && type != JsonSchemaType.Null && type.HasFlag(JsonSchemaType.Null))
        {
            schema.Type = type & ~JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }
}
