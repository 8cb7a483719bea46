/// Errors in the tables of a case.
extension BrokenCase {
    static let ofTables: [BrokenCase] = [
        .init(
            "a bad cell",
            [.init("data/profiles.csv", "7,0.72,0.35", "7,n/a,0.35")],
            "data/profiles.csv:9  grid_buy, hour 7: 'n/a' is not a number."),
        .init(
            "an empty cell",
            [.init("data/profiles.csv", "7,0.72,0.35", "7,,0.35")],
            "data/profiles.csv:9  grid_buy, hour 7: is empty."),
        .init(
            "not a number in a cell",
            [.init("data/profiles.csv", "7,0.72,0.35", "7,nan,0.35")],
            "data/profiles.csv:9  grid_buy, hour 7: 'nan' is not a number."),
        .init(
            "a negative demand in a cell",
            [.init("data/profiles.csv", "440.0,374.7", "-440.0,374.7")],
            "data/profiles.csv:22  res_e, hour 20: -440 kW is below 0 kW, the least allowed. It is used as users.residential.demand.electricity."
        ),
        .init(
            "a ragged row",
            [.init("data/profiles.csv", "8,0.72,0.35,0.516", "8,0.72,0.35,0.516,1")],
            "data/profiles.csv:10  this row has 11 cells, but the header has 10 columns."),
        .init(
            "a gap in the index",
            [.init("data/profiles.csv", "\n8,0.72", "\n9,0.72")],
            "data/profiles.csv:10  hour: '9' does not follow '7' in the steps of 1 h with which the table begins."),
        .init(
            "an index that starts early",
            [.init("data/profiles.csv", "\n0,0.38", "\n-1,0.38")],
            "data/profiles.csv:2  hour: the first row is '-1', but the case begins at hour 0 of the table. Start the table where the case starts."
        ),
        .init(
            "a word in the index",
            [.init("data/profiles.csv", "\n8,0.72", "\neight,0.72")],
            "data/profiles.csv:10  hour: 'eight' is neither a number of hours nor a time as in 2024-07-15T07:00."),
        .init(
            "a duplicate column",
            [.init("data/profiles.csv", "com_h [kW]", "com_e [kW]")],
            "data/profiles.csv:1  the column 'com_e' appears more than once."),
        .init(
            "an unknown unit in a header",
            [.init("data/profiles.csv", "pv [1]", "pv [percent]")],
            "data/profiles.csv:1  pv: 'percent' in 'pv [percent]' is not a known unit."),
        .init(
            "semicolons",
            [.init("data/profiles.csv", nil, "hour;grid_buy [CNY/kWh]\n0;1\n")],
            "data/profiles.csv:1  columns are separated by semicolons. Use commas, or declare the separator ';'."),
        .init(
            "an open quotation mark",
            [.init("data/profiles.csv", "\n8,0.72", "\n8,\"0.72")],
            "data/profiles.csv:10  a quotation mark is not closed on its line."),
        .init(
            "text after a quotation mark",
            [.init("data/profiles.csv", "\n8,0.72", "\n8,\"0.7\"2")],
            "data/profiles.csv:10  this row is no valid CSV: quotation marks must enclose a whole cell."),
        .init(
            "a vehicle that cannot charge enough",
            [.init("data/ev_sessions.csv", "ev13,9,16,60,7,7,0.24,0.82", "ev13,9,14,60,7,7,0.24,0.92")],
            "data/ev_sessions.csv:14  ev13: needs 40.8 kWh in 5 h but its charger gives at most 33.25 kWh. Lower soc_departure or extend the stay."
        ),
        .init(
            "a vehicle that leaves before it comes",
            [.init("data/ev_sessions.csv", "ev02,8,15", "ev02,15,8")],
            "data/ev_sessions.csv:3  ev02: leaves at 8 h, not after its arrival at 15 h."),
        .init(
            "a vehicle beyond the horizon",
            [.init("data/ev_sessions.csv", "ev40,18,24", "ev40,18,30")],
            "data/ev_sessions.csv:41  ev40: stays from 18 h to 30 h, but the case covers 0 ... 24 h. Split the stay or lengthen the case."
        ),
        .init(
            "a state of charge above one",
            [.init("data/ev_sessions.csv", "ev13,9,16,60,7,7,0.24,0.82", "ev13,9,16,60,7,7,0.24,82")],
            "data/ev_sessions.csv:14  ev13, soc_departure: 82 is outside 0 … 1."),
        .init(
            "two stays of one name",
            [.init("data/ev_sessions.csv", "ev14,", "ev13,")],
            "data/ev_sessions.csv:15  ev13: is in line 14 already. Each stay needs its own name."),
        .init(
            "a session table without a column",
            [.init("data/ev_sessions.csv", "soc_departure", "soc_leaving")],
            "data/ev_sessions.csv:1  the column 'soc_departure' is missing. Add it: required state of charge at departure; the vehicle is charged to that and not beyond."
        ),
    ]
}
