namespace CivicSignals.Tests.Silo.Storage.Postgres;

public sealed class PostgresLedgerCommitTests() : LedgerCommitSuite(new PostgresLedgerKeeper());

public sealed class PostgresLedgerReadTests() : LedgerReadSuite(new PostgresLedgerKeeper());

public sealed class PostgresRegistryTests() : RegistrySuite(new PostgresLedgerKeeper());

public sealed class PostgresHomeFactTests() : HomeFactSuite(new PostgresLedgerKeeper());

public sealed class PostgresFalseCallTests() : FalseCallSuite(new PostgresLedgerKeeper());

public sealed class PostgresPostTests() : PostSuite(new PostgresLedgerKeeper());

public sealed class PostgresQuestionTests() : QuestionSuite(new PostgresLedgerKeeper());

public sealed class PostgresDeliveryTests() : DeliverySuite(new PostgresLedgerKeeper());

public sealed class PostgresNoticeTests() : NoticeSuite(new PostgresLedgerKeeper());

public sealed class PostgresErasureTests() : ErasureSuite(new PostgresLedgerKeeper());

public sealed class PostgresRetentionTests() : RetentionSuite(new PostgresLedgerKeeper());
