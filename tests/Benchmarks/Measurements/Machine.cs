using System.Runtime.InteropServices;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>The machine that the figures are of.</summary>
internal static class Machine
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static string Describe() =>
        $"{Environment.ProcessorCount} cores, {Cpu()}, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, load and servers on the same cores";

    private static string Cpu()
    {
        if (!File.Exists(CpuInfo))
            return $"{RuntimeInformation.ProcessArchitecture}";
        var model = File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return model is null ? $"{RuntimeInformation.ProcessArchitecture}" : model[(model.IndexOf(':') + 1)..].Trim();
    }
}
