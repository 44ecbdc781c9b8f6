namespace CivicSignals.Tests.Replay;

/// <summary>A day of everything at once, drawn by a seed.</summary>
internal static class MixedTown
{
    private static readonly string[] Gateways = ["gw1", "gw2", "gw3"];
    private static readonly string[] Actions = ["acknowledge", "confirm", "false-alarm", "all-clear"];

    public static void Write(Recording recording, int lines)
    {
        var random = new Random(7);
        foreach (var gateway in Gateways)
            recording.Describe(0, gateway);
        for (var i = 0; i < lines; i++)
        {
            var minute = 1 + (i * 24 * 60.0 / lines);
            var gateway = Gateways[random.Next(Gateways.Length)];
            switch (random.Next(1000))
            {
                case < 15: recording.Smoke(minute, gateway, random.Next(3) > 0); break;
                case < 20: recording.Heat(minute, gateway); break;
                case < 30: recording.Crash(minute, $"v{random.Next(1, 4)}", random.Next(3) == 0); break;
                case < 35: recording.Operator(minute, Actions[random.Next(Actions.Length)]); break;
                case < 40: recording.Report(minute, """{"kind":"fire","says":"seen","lat":53.0466,"lon":-2.9925,"reporter":"r1"}"""); break;
                case < 45: recording.Line("""{"at":"""); break;
                case < 50: recording.Tick(minute); break;
                case < 55: recording.Mqtt(minute, $"homes/{gateway}/z2m/all in one", $$"""{"smoke":{{Word(random)}},"gas":{{Word(random)}},"carbon_monoxide":{{Word(random)}}}"""); break;
                default: recording.Mqtt(minute, $"homes/{gateway}/z2m/climate", $$"""{"battery":88,"temperature":{{random.Next(15, 25)}}}"""); break;
            }
        }
    }

    private static string Word(Random random) => random.Next(2) == 0 ? "true" : "false";
}
