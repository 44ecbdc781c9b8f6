namespace CivicSignals.Dashboard.Cap;

/// <summary>Who speaks in CAP messages and feeds. Section <c>Cap</c>.</summary>
public sealed class CapOptions
{
    /// <summary>CAP sender, <c>name@domain</c>, unique in the world. Default <c>alerts@civic-signals.example</c>. Fixed once alerts were published.</summary>
    public string Sender { get; set; } = "alerts@civic-signals.example";

    /// <summary>The sender's name as people read it. Default <c>Civic Signals</c>.</summary>
    public string SenderName { get; set; } = "Civic Signals";

    /// <summary>CAP status. Default Actual. Anything but Actual must not be acted upon by the public.</summary>
    public CapStatus Status { get; set; } = CapStatus.Actual;

    /// <summary>The sender's domain.</summary>
    internal string Domain => Sender[(Sender.IndexOf('@') + 1)..];

    /// <summary>No blanks, commas or markup, something before and after one <c>@</c>: what strict receivers take.</summary>
    internal static bool IsSender(string sender) =>
        sender.Split('@') is [{ Length: > 0 }, { Length: > 1 }] && sender.All(c => char.IsAsciiLetterOrDigit(c) || "@.-_".Contains(c));
}

/// <summary>CAP 1.2 status.</summary>
public enum CapStatus
{
    Actual,
    Exercise,
    System,
    Test,
    Draft,
}
