using System.Text.Json;
using System.Text.Json.Nodes;
using CivicSignals.Alerts;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CivicSignals.Dashboard.Documents;

/// <summary>Schemas as the platform writes its records, where that is not the framework's way: enums by their words, numbers as numbers only.</summary>
internal static class WireSchemas
{
    public static void Tell(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Consents) && schema.Enum is { Count: > 0 })
            return; // The words of a list that was made here, which the framework shows again.
        if (type == typeof(Consents))
            ListOf(schema, ServiceNames.Of(Consents.All | Consents.Prevention));
        else if (type == typeof(ActionVerb))
            OneOf(schema, Enum.GetValues<ActionVerb>().Select(ActionVerbs.Word));
        else if (type == typeof(HomeCredential))
            OneOf(schema, Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));
        else if (type.IsEnum)
            OneOf(schema, Enum.GetNames(type));
        else
            OnlyNumber(schema);
    }

    /// <summary>Completes what is put together from the ledger's own lines.</summary>
    public static void Join(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        Take(nameof(IncidentWithRecord), nameof(IncidentLine));
        Take(nameof(AlertProperties), nameof(Alert));
        schemas[nameof(Evidence)].Properties!["consents"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Names of the purposes, separated by commas." };
        ((OpenApiSchema)schemas[nameof(ListedEvidence)]).AnyOf = [new OpenApiSchemaReference(nameof(EvidenceLine), document), new OpenApiSchemaReference(nameof(Evidence), document)];

        void Take(string added, string line)
        {
            var (to, from) = ((OpenApiSchema)schemas[added], schemas[line]);
            foreach (var (name, schema) in from.Properties!)
                to.Properties!.TryAdd(name, schema);
            to.Required!.UnionWith(from.Required!);
        }
    }

    private static void OneOf(OpenApiSchema schema, IEnumerable<string> words)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. words.Select(word => (JsonNode)word)];
    }

    private static void ListOf(OpenApiSchema schema, IEnumerable<string> words)
    {
        var item = new OpenApiSchema();
        OneOf(item, words);
        (schema.Type, schema.Items, schema.UniqueItems) = (JsonSchemaType.Array, item, true);
    }

    /// <summary>The framework would read numbers from texts too, and says so.</summary>
    private static void OnlyNumber(OpenApiSchema schema)
    {
        if (schema.Type is not { } type || (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) == 0)
            return;
        schema.Type = type & ~JsonSchemaType.String;
        schema.Pattern = null;
    }
}
