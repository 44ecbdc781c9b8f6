namespace CivicSignals.Faults.Cluster;

/// <summary>A network namespace for each silo, joined by a bridge to the machine's own, where broker and database are. Needs root.</summary>
internal sealed class Namespaces : INetwork
{
    private readonly string _name = $"cv{Environment.ProcessId % 10_000}x{Random.Shared.Next(100)}";
    private readonly string _net = $"10.{Random.Shared.Next(100, 250)}.{Random.Shared.Next(1, 250)}";
    private readonly int _silos;

    private Namespaces(int silos) => _silos = silos;

    public string Centre => $"{_net}.1";

    /// <summary>Why there can be none here, or null.</summary>
    public static string? Missing =>
        !Machine.IsRoot ? "no rights for network namespaces" : Machine.Find("ip") is null ? "no ip (iproute2)" : Machine.Find("iptables") is null ? "no iptables" : Refusal();

    /// <summary>Makes them.</summary>
    public static async Task<Namespaces> CreateAsync(int silos)
    {
        var made = new Namespaces(silos);
        try
        {
            await made.MakeAsync();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    public string AddressOf(int silo) => $"{_net}.{10 + silo}";

    public IEnumerable<string> At(int silo, IEnumerable<string> command) => ["ip", "netns", "exec", Name(silo), .. command];

    /// <summary>Lets nothing through between a silo and others, silently, in both directions.</summary>
    /// <param name="silo">Which.</param>
    /// <param name="from">Other silos; empty: everything.</param>
    public async Task CutAsync(int silo, params int[] from)
    {
        if (from.Length == 0)
        {
            await RuleAsync(silo, "-A", "INPUT", "-i", "eth0");
            await RuleAsync(silo, "-A", "OUTPUT", "-o", "eth0");
        }

        foreach (var other in from)
        {
            await RuleAsync(silo, "-A", "INPUT", "-s", AddressOf(other));
            await RuleAsync(silo, "-A", "OUTPUT", "-d", AddressOf(other));
        }
    }

    /// <summary>As <see cref="CutAsync"/>, from a port of the centre.</summary>
    public async Task CutPortAsync(int silo, int port)
    {
        await RuleAsync(silo, "-A", "INPUT", "-s", Centre, "-p", "tcp", "--sport", $"{port}");
        await RuleAsync(silo, "-A", "OUTPUT", "-d", Centre, "-p", "tcp", "--dport", $"{port}");
    }

    /// <summary>Ends all cuts of a silo.</summary>
    public Task MendAsync(int silo) => Child.RunAsync([.. At(silo, ["iptables", "-F"])]);

    public async ValueTask DisposeAsync()
    {
        for (var silo = 1; silo <= _silos; silo++)
            await Child.RunAsync("sh", "-c", $"ip netns del {Name(silo)} 2>/dev/null || true");
        await Child.RunAsync("sh", "-c", $"ip link del {_name} 2>/dev/null || true");
    }

    private static string? Refusal()
    {
        try
        {
            Child.RunAsync("sh", "-c", "ip netns add cvprobe$$ && ip netns exec cvprobe$$ iptables -L -n; code=$?; ip netns del cvprobe$$; exit $code").Wait();
            return null;
        }
        catch (AggregateException)
        {
            return "no rights for network namespaces";
        }
    }

    private string Name(int silo) => $"{_name}s{silo}";

    private async Task RuleAsync(int silo, params string[] rule) => await Child.RunAsync([.. At(silo, ["iptables", .. rule, "-j", "DROP"])]);

    private async Task MakeAsync()
    {
        await Child.RunAsync("ip", "link", "add", _name, "type", "bridge");
        await Child.RunAsync("ip", "addr", "add", $"{Centre}/24", "dev", _name);
        await Child.RunAsync("ip", "link", "set", _name, "up");
        for (var silo = 1; silo <= _silos; silo++)
        {
            var (space, outside, inside) = (Name(silo), $"{_name}o{silo}", $"{_name}i{silo}");
            await Child.RunAsync("ip", "netns", "add", space);
            await Child.RunAsync("ip", "link", "add", outside, "type", "veth", "peer", "name", inside);
            await Child.RunAsync("ip", "link", "set", inside, "netns", space);
            await Child.RunAsync("ip", "link", "set", outside, "master", _name);
            await Child.RunAsync("ip", "link", "set", outside, "up");
            await Child.RunAsync([.. At(silo, ["sh", "-c", $"ip link set {inside} name eth0 && ip addr add {AddressOf(silo)}/24 dev eth0 && ip link set eth0 up && ip link set lo up"])]);
        }
    }
}
