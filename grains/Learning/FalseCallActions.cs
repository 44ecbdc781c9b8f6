namespace CivicSignals.Learning;

/// <summary>The words of the ledger's action lines about false calls.</summary>
public static class FalseCallActions
{
    public const string Warned = "false-call-warning";
    public const string WarningEnded = "false-call-warning-ended";
    public const string Withdrawn = "response-withdrawn";
    public const string Restored = "response-restored";

    /// <summary>Who acts where no person does: the policy.</summary>
    public const string Platform = "Civic Signals";
}
