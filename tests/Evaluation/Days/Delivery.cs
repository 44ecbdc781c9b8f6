namespace CivicSignals.Evaluation.Days;

/// <summary>Carries a day's messages to the platform: late, twice, out of order, with wrong clocks, or not at all.</summary>
internal static class Delivery
{
    public static List<(DateTimeOffset At, string Body)> Deliver(DayPlan plan, Disturbances disturbances)
    {
        var dice = new Dice(plan.Seed, "delivery");
        var channels = new Dictionary<string, Channel>(StringComparer.Ordinal);
        var lines = new List<(DateTimeOffset At, int Order, string Body)>(plan.Messages.Count);
        foreach (var message in plan.Messages)
        {
            if (!channels.TryGetValue(message.Channel, out var channel))
                channels.Add(message.Channel, channel = Channel.Of(message.Channel, plan.Seed, disturbances));
            // All chances are drawn, whatever is switched on: the next message's do not depend on it.
            var (lost, slow, again) = (dice.Next(), dice.Next(), dice.Next());
            var (latency, delay, gap) = (dice.Between(0.05, 1.5), Math.Min(300, dice.LogNormal(30, 1)), dice.Between(1, 60));
            if (message.Steady)
            {
                Take(message, message.At, message.Body(message.At));
                continue;
            }

            if (lost < disturbances.Loss)
                continue;
            var at = channel.Release(message.At).AddSeconds(latency + (slow < disturbances.Reordering ? delay : 0));
            var body = message.Body(message.At + channel.Skew);
            Take(message, at, body);
            for (var copy = 1; copy <= 2 && again < disturbances.Duplicates / copy; copy++)
                Take(message, at.AddSeconds(gap * copy), body);
        }

        return [.. lines.OrderBy(line => line.At).ThenBy(line => line.Order).Select(line => (line.At, line.Body))];

        void Take(Message message, DateTimeOffset at, string body)
        {
            at = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
            lines.Add((at, lines.Count, body));
            if (message.Observation is { } seen && (seen.ReceivedAt is null || at < seen.ReceivedAt))
                seen.ReceivedAt = at;
        }
    }

    /// <summary>A sender's clock and connection.</summary>
    private sealed record Channel(TimeSpan Skew, DateTimeOffset From, DateTimeOffset To)
    {
        public static Channel Of(string name, int seed, Disturbances disturbances)
        {
            var dice = new Dice(seed, "channel " + name);
            var (skewed, minutes, late) = (dice.Next(), dice.Between(-5, 5), dice.Next());
            var from = DayPlan.Opening.AddHours(dice.Between(0, 21));
            var to = from.AddHours(dice.Between(1, 2));
            var device = name is not "posts";
            return new Channel(
                device && skewed < disturbances.ClockSkew ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero,
                device && late < disturbances.LateBuffers ? from : default,
                device && late < disturbances.LateBuffers ? to : default);
        }

        /// <summary>When a message leaves: at once, or when the connection is back.</summary>
        public DateTimeOffset Release(DateTimeOffset at) => at >= From && at < To ? To : at;
    }
}
