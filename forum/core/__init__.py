"""What every room stands on: settings, database, actor, transaction, events, jobs, audit, clock, locale, mail."""
