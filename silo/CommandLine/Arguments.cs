namespace CivicSignals.Silo.CommandLine;

/// <summary>A verb's arguments, taken apart: its own options, its operands, and configuration for the platform.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = [];
    private readonly List<string> _operands = [];
    private readonly List<string> _configuration = [];

    /// <summary>What stands without an option, in order.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>Each <c>--Section:Key=value</c>, for the host.</summary>
    public string[] Configuration => [.. _configuration];

    /// <summary>Takes <c>--name value</c> and <c>--name=value</c> apart.</summary>
    /// <param name="arguments">What follows the verb.</param>
    /// <param name="options">Names of the verb's own options, without hyphens.</param>
    /// <exception cref="UsageException">An option is unknown or lacks its value.</exception>
    public static Arguments Parse(string[] arguments, params ReadOnlySpan<string> options)
    {
        var parsed = new Arguments();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                parsed._operands.Add(arguments[i]);
                continue;
            }

            var equals = arguments[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? arguments[i][2..] : arguments[i][2..equals];
            if (!options.Contains(name) && !Setting.IsKnown(name))
                throw new UsageException($"unknown option --{name}; 'help' lists all");
            if (equals < 0 && i + 1 == arguments.Length)
                throw new UsageException($"option --{name} needs a value");
            var value = equals < 0 ? arguments[++i] : arguments[i][(equals + 1)..];
            if (options.Contains(name))
                parsed._options[name] = value;
            else
                parsed._configuration.Add($"--{name}={value}");
        }

        return parsed;
    }

    /// <summary>The value of one of the verb's own options, or null.</summary>
    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>Refuses operands.</summary>
    /// <exception cref="UsageException">There are some.</exception>
    public Arguments WithoutOperands() =>
        _operands.Count == 0 ? this : throw new UsageException($"'{_operands[0]}' is neither a verb nor an option; 'help' lists all");
}
