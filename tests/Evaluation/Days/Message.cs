namespace CivicSignals.Evaluation.Days;

/// <summary>One message as its sender makes it.</summary>
/// <param name="Channel">The gateway, vehicle, or network that carries it: they lose, delay and stamp messages together.</param>
/// <param name="At">When it is sent.</param>
/// <param name="Body">The replay line without its <c>at</c>, by what the sender's clock shows.</param>
/// <param name="Observation">What it says, when it is about a hazard.</param>
/// <param name="Steady">True: it is delivered as it is, whatever is disturbed (descriptions at the day's beginning, people's reports over HTTP).</param>
internal sealed record Message(string Channel, DateTimeOffset At, Func<DateTimeOffset, string> Body, Observation? Observation = null, bool Steady = false);
