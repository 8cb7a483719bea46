import Energy

/// Where a table of stays has what: in a column of the name that is asked for, or of one that charging networks use.
struct StayColumns {
    let text: CSVText
    let file: String
    let log: DiagnosticLog

    /// A column, and its unit where its name says one, as `kWhDelivered` does.
    struct Found {
        let position: Int
        let unit: String?
    }

    /// Names by what they mean, in small letters and without other characters; those of energies and powers without
    /// their units.
    private static let common: [String: Set<String>] = [
        "arrival": [
            "arrival", "arrivaltime", "arrivaldatetime", "connectiontime", "connecttime", "connected", "connectedat",
            "plugin", "plugintime", "startplugin", "pluginstart", "start", "starttime", "startdate", "startdatetime",
            "sessionstart", "sessionstarttime", "transactionstart", "transactionstarttime", "starttimestamp",
        ],
        "departure": [
            "departure", "departuretime", "departuredatetime", "disconnecttime", "disconnectiontime", "disconnected",
            "disconnectedat", "plugout", "plugouttime", "endplugout", "endplugin", "plugoutend", "end", "endtime",
            "enddate", "enddatetime", "sessionend", "sessionendtime", "transactionstop", "transactionend",
            "transactionstoptime", "transactionendtime", "endtimestamp", "stop", "stoptime",
        ],
        "done": [
            "done", "donecharging", "donechargingtime", "chargingend", "chargingendtime", "chargeend", "chargingdone",
        ],
        "energy": [
            "", "energy", "delivered", "energydelivered", "deliveredenergy", "totalenergy", "energytotal",
            "energyconsumed", "energyused", "energycharged", "chargedenergy", "el",
        ],
        "max_power": [
            "maxpower", "maximumpower", "maxcharge", "maxchargingpower", "chargerpower", "chargepower", "ratedpower",
            "power",
        ],
    ]
    /// The longer ones first: `kwh` ends with `wh`.
    private static let units: KeyValuePairs<String, (unit: String, isEnergy: Bool)> = [
        "kwh": ("kWh", true), "mwh": ("MWh", true), "wh": ("Wh", true), "kw": ("kW", false), "mw": ("MW", false),
        "w": ("W", false),
    ]

    /// The column of a quantity.
    ///
    /// - Parameters:
    ///   - name: in the schema.
    ///   - meaning: a key of the common names; nil if it has none.
    /// - Returns: nil where there is none, or where several could be meant; the log then says so.
    func find(_ name: String, as meaning: String? = nil) -> Found? {
        if let position = text.position(of: name) { return Found(position: position, unit: nil) }
        let found = text.columns.indices.compactMap { position in
            Self.match(text.columns[position], as: meaning ?? name).map { Found(position: position, unit: $0.unit) }
        }
        guard found.count > 1 else { return found.first }
        let names = found.map { "'\(text.columns[$0.position].header)'" }.joined(separator: " and ")
        log.error(
            SourceLocation(file: file, line: text.headerLine),
            "\(names) may both be '\(name)'. Say which is, by columns: {\(name): \(text.columns[found[0].position].header)}."
        )
        return nil
    }

    private struct Match {
        let unit: String?
    }

    /// Whether a header has a meaning, and the unit that its name contains.
    private static func match(_ column: CSVText.Column, as meaning: String) -> Match? {
        guard let names = common[meaning] else { return nil }
        let word = column.name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard ["energy", "max_power"].contains(meaning) else {
            let clocks = ["local", "utc", "datetime", "timestamp"]
            let ends = clocks.filter(word.hasSuffix).map { String(word.dropLast($0.count)) }
            let begins = word.hasPrefix("utc") ? [String(word.dropFirst(3))] : []
            return ([word] + ends + begins).contains(where: names.contains) ? Match(unit: nil) : nil
        }
        if column.unit == nil {
            for (symbol, unit) in units where unit.isEnergy == (meaning == "energy") {
                let rests =
                    (word.hasSuffix(symbol) ? [word.dropLast(symbol.count)] : [])
                    + (word.hasPrefix(symbol) ? [word.dropFirst(symbol.count)] : [])
                if rests.contains(where: { names.contains(String($0)) }) { return Match(unit: unit.unit) }
            }
        }
        return !word.isEmpty && names.contains(word) ? Match(unit: nil) : nil
    }
}
