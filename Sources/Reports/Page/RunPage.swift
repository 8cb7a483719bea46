import ResultFiles

extension ReportPage {
    /// The page of a run on a case.
    ///
    ///     try ReportPage(run: ResultRecord(folder: URL(fileURLWithPath: "results/my-park-ga-s1"))).text
    ///
    /// - Throws: `ReportError` where a table is damaged.
    public init(run record: ResultRecord) throws {
        guard record.tables[SweepTable.file] == nil else {
            self.init(of: record, sections: try SweepSections(record: record).all)
            return
        }
        let time = try PageTime(record)
        self.init(
            of: record,
            sections: try [
                AnswerSection(record: record, time: time).section, VerdictSection(record: record).section,
                AgainstSection(record: record).section, DaySection(record: record).section,
                BoundSection(record: record).section,
            ] + CoalitionSections(record: record, time: time).all
                + CompetitionSections(record: record, time: time).all
                + SizingSections(record: record).all
                + DispatchSections(record: record, time: time).all
                + SystemSections(record: record, time: time).all + [ConvergenceSection(record: record).section])
    }
}
