namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>A post of a crisis with what people said about it.</summary>
/// <param name="Event">Which crisis.</param>
/// <param name="Text">Taken apart.</param>
/// <param name="Informative">It tells something about the crisis.</param>
/// <param name="Eyewitness">Its author was there; null: not judged.</param>
internal sealed record LabelledPost(string Event, PostText Text, bool Informative, bool? Eyewitness);
