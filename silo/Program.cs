using CivicSignals.Silo.CommandLine;

// What the program does, by its first word; without one it serves.
var commands = new Commands(
    new ServeVerb());

return await commands.RunAsync(args, Console.Out, Console.Error);
