namespace CivicSignals.Tests.Silo.Storage;

public sealed class SqliteLedgerCommitTests() : LedgerCommitSuite(new SqliteLedgerKeeper());

public sealed class SqliteLedgerReadTests() : LedgerReadSuite(new SqliteLedgerKeeper());

public sealed class SqliteRegistryTests() : RegistrySuite(new SqliteLedgerKeeper());

public sealed class SqliteHomeFactTests() : HomeFactSuite(new SqliteLedgerKeeper());

public sealed class SqliteFalseCallTests() : FalseCallSuite(new SqliteLedgerKeeper());

public sealed class SqlitePostTests() : PostSuite(new SqliteLedgerKeeper());

public sealed class SqliteQuestionTests() : QuestionSuite(new SqliteLedgerKeeper());

public sealed class SqliteDeliveryTests() : DeliverySuite(new SqliteLedgerKeeper());

public sealed class SqliteNoticeTests() : NoticeSuite(new SqliteLedgerKeeper());

public sealed class SqliteErasureTests() : ErasureSuite(new SqliteLedgerKeeper());

public sealed class SqliteRetentionTests() : RetentionSuite(new SqliteLedgerKeeper());
