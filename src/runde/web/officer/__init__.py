"""Pages for those who weigh cases and those who approve: work list, case, proposals, money left."""
