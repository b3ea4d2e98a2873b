# Retention and destruction
menu-retention = Retention
retention-title = Retention and destruction
retention-lede = What agreements and the register say to destroy, and what was. Nobody is named here.
retention-day = On the day
retention-due = Due on { $day }
retention-caption = What is due, by clause
retention-col-what = Data
retention-col-people = People
retention-col-items = Items
retention-col-clause = Clause
retention-withheld = No use clause lets the software destroy the data of { $source }: they stay, whatever their term.
retention-undated = { $count ->
    [one] { $count } datum comes from an agreement whose file is missing: nothing says how long it is kept.
   *[other] { $count } data come from agreements whose file is missing: nothing says how long they are kept.
}
retention-under-way = A destruction was begun and has not ended. Start it again: it goes on where it was.
retention-empty-title = Nothing is due on that day
retention-empty-text = No time of retention is over then.
retention-runs = Destructions
retention-runs-caption = Destructions, the last first
retention-col-at = Begun
retention-col-day = Due on
retention-col-by = By
retention-col-state = State
retention-ended = Ended
retention-not-ended = Not ended
retention-certificate = Certificate in plain words
retention-none-title = No destruction
retention-none-text = Nothing was destroyed at its term yet.
retention-how = Destroying and certifying
retention-how-run = A destruction is started on the server, at night rather than by day: liant retention run. It writes the store again, so that nothing is left of what was destroyed.
retention-how-sign = The certificate is signed with the key of checkpoints, which is kept off the server: liant retention certificate.
