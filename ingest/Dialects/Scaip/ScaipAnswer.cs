using System.Security;

namespace CivicSignals.Ingest.Dialects.Scaip;

/// <summary>What a unit is told of its message (<c>snu</c>).</summary>
internal enum ScaipAnswer
{
    /// <summary>Everything that it changed is on disk.</summary>
    Ok = 0,
    TooLong = 1,
    InvalidFormat = 2,
    WrongData = 3,

    /// <summary>Understood, but its codes are not in the lists.</summary>
    NotTreated = 5,

    /// <summary>Nothing was kept: send it again.</summary>
    Busy = 6,
    MandatoryTagMissing = 7,
}

/// <summary>The XML of an answer.</summary>
internal static class ScaipReply
{
    /// <summary>The answer to the message of a reference.</summary>
    public static string Of(string reference, ScaipAnswer answer) => $"<mrs><ref>{SecurityElement.Escape(reference)}</ref><snu>{(int)answer}</snu></mrs>";
}
