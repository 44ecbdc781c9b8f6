using CivicSignals.Faults;

if (args.Any(argument => argument is "--help" or "-h" or "help"))
{
    Console.WriteLine(FaultOptions.Help);
    return 0;
}

FaultOptions options;
try
{
    options = FaultOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

var reports = new List<FaultReport>();
foreach (var kind in options.Kinds)
{
    if (kind.Missing() is { } missing)
    {
        Console.WriteLine($"{kind.Name}: skipped: {missing}");
        continue;
    }

    var folder = Path.Combine(options.Folder, $"civic-faults-{kind.Name}-{Guid.NewGuid():N}");
    reports.Add(await FaultRun.RunAsync([.. Enumerable.Repeat(kind, options.Times)], options.Silo, folder, options.Seed, line => Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {line}")));
    if (reports[^1].Passed && !options.Keep)
        Directory.Delete(folder, recursive: true);
    else
        Console.WriteLine($"data and logs: {folder}");
    foreach (var note in reports[^1].Notes())
        Console.WriteLine(note);
}

Console.WriteLine(FaultReport.Head);
foreach (var report in reports)
    Console.WriteLine(report.Row());
return reports.All(report => report.Passed) ? 0 : 1;
