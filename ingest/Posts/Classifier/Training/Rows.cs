namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>Sparse examples: of each, which cues it has and how strongly, as a vector of length one, and whether it is so.</summary>
/// <param name="Starts">Where each example begins in the others; one more than there are examples.</param>
/// <param name="Cues">Numbers of cues.</param>
/// <param name="Values">Their values.</param>
/// <param name="Labels">Of each example.</param>
/// <param name="CueCount">How many cues there are.</param>
internal sealed record Rows(int[] Starts, int[] Cues, float[] Values, bool[] Labels, int CueCount);
