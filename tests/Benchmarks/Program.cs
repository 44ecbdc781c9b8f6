using System.Globalization;
using CivicSignals.Benchmarks;
using CivicSignals.Benchmarks.Measurements;
using CivicSignals.Benchmarks.Servers;

if (args is ["serve-bare", var port])
{
    await BareServer.RunAsync(int.Parse(port));
    return 0;
}

if (args is [CityServer.Verb, var speed, .. var configuration])
{
    await CityServer.RunAsync(double.Parse(speed, CultureInfo.InvariantCulture), configuration);
    return 0;
}

if (args.Any(argument => argument is "--help" or "-h" or "help"))
{
    Console.WriteLine(BenchOptions.Help);
    return 0;
}

try
{
    await Suite.RunAsync(BenchOptions.Parse(args));
    return 0;
}
catch (Exception e) when (e is FormatException or InvalidOperationException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
