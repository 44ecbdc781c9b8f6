using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>Messages of one share, in order of arrival.</summary>
/// <param name="Share">Which, 0..63.</param>
/// <param name="Messages">At least one.</param>
[GenerateSerializer, Immutable, Alias("intake-batch")]
internal readonly record struct IntakeBatch([property: Id(0)] int Share, [property: Id(1)] InboundMessage[] Messages);
