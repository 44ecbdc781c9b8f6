using CivicSignals.Silo.CommandLine;
using CivicSignals.Silo.Demo;
using CivicSignals.Silo.Replay;

// What the program does, by its first word; without one it serves.
var commands = new Commands(
    new ServeVerb(),
    new DemoVerb(),
    new ReplayVerb(),
    new MigrateVerb(),
    new ReestimateVerb(TimeProvider.System),
    new TrainPostsVerb(),
    new OptionsVerb(),
    new TokenVerb(TimeProvider.System));

return await commands.RunAsync(args, Console.Out, Console.Error);
