import Energy
import EnergyGames

/// Reads everybody of a case, the operator, parties, users and stations, with what they trade.
struct PartiesReader {
    let context: CaseContext
    let carriers: [Carrier]
    /// Name of the case file.
    let file: String
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    struct Reading {
        var parties: [Party] = []
        var trades: [Trade] = []
        var charges: [Charge] = []
        var choices: [SupplyChoice] = []
        var prices = OperatorPrices()
        /// Those who answer the operator.
        var followers: [String] = []
        /// Of several, who compete; empty where there is one.
        var operators: [CompetingOperator] = []
        /// nil where nobody trades but with the operator.
        var coalition: CoalitionTerms?
    }

    /// Parties of one kind of section.
    private struct Kind {
        let section: String
        let entries: [YamlEntry]
    }

    func read(_ root: [YamlEntry]) -> Reading {
        let own = kind("parties", root)
        let (people, places) = (kind("users", root), kind("ev_stations", root))
        let kinds = [own, people, places]
        checkNames(kinds, root)
        let names = kinds.flatMap { $0.entries.map(\.key) }
        let partyReader = PartyReader(context: context, reserved: Set(names))
        var reading = Reading()
        var drafts: [PartyDraft] = []
        if root["operator"] != nil || root["parties"] == nil {
            let (leader, prices) = OperatorReader(context: context, parties: partyReader)
                .read(root, stations: !places.entries.isEmpty)
            drafts.append(leader)
            reading.prices = prices
            for part in prices.decided { context.posted[part.path] = (part.price, part.location) }
        } else if let grid = root["grid"] {
            let party = own.entries.first?.key ?? "campus"
            log.error(
                grid.location, "grid",
                "is the operator's, and the case has none. Move it to the party that has it, as parties.\(party).grid."
            )
        }
        drafts += own.entries.map(partyReader.party)
        let users = people.entries.map(partyReader.user)
        let competitors = CompetitionReader(context: context).read(root, drafts, into: &reading)
        checkGame(root, &reading.prices)
        let stationReader = StationReader(
            context: context, prices: reading.prices, needsPrice: root["trades"] == nil)
        let stations = places.entries.map(stationReader.read)
        drafts += users + stations.map(\.draft)
        let supplies = SupplyReader(context: context)
        supplies.check(root, reading.prices, users: users, stations: stations, isCompetition: !competitors.isEmpty)
        let menu = supplies.menu(reading.prices, users: competitors.isEmpty ? users : [])
        if root["trades"] == nil { reading.followers = (people.entries + places.entries).map(\.key) }
        if context.hasTime {
            reading.trades =
                standingTrades(reading.prices, competitors, users, stations) + menu.trades(steps: context.time.steps)
            reading.coalition = readCoalition(root, drafts)
            check(drafts, menu, &reading, root)
        }
        drafts.removeAll(where: \.isElsewhere)
        reading.parties = drafts.map(\.party)
        readCarbon(root, drafts, names, &reading)
        return reading
    }

    private func kind(_ section: String, _ root: [YamlEntry]) -> Kind {
        Kind(section: section, entries: root[section].flatMap { reader.map($0.node, path: section) } ?? [])
    }

    /// What users and stations may trade at the prices of the operator, or of each of several.
    private func standingTrades(
        _ prices: OperatorPrices, _ competitors: [PartyDraft], _ users: [PartyDraft],
        _ stations: [StationReader.Station]
    ) -> [Trade] {
        let names = users.map(\.name).filter { Identifier.isValid($0) }
        let steps = context.time.steps
        return StandingTrades.trades(
            of: OperatorReader.name, competitors.isEmpty ? prices.tariff().paid : [], users: names,
            stations: stations.map(\.prices).filter { Identifier.isValid($0.station) }, steps: steps)
            + competitors.flatMap { competitor in
                StandingTrades.trades(
                    of: competitor.name, competitor.prices?.ofUsers(competitor.name) ?? [], users: names, stations: [],
                    steps: steps)
            }
    }

    // MARK: Names

    private func checkNames(_ kinds: [Kind], _ root: [YamlEntry]) {
        let entry = root["users"] ?? root["ev_stations"]
        if kinds.dropFirst().allSatisfy(\.entries.isEmpty), let entry, entry.node.entries != nil {
            log.error(entry.location, entry.key, "holds no follower. Add a user or an EV station.")
        }
        if let parties = root["parties"], parties.node.entries?.isEmpty == true {
            log.error(parties.location, "parties", "holds no party. Add one, as campus: {grid: …, demand: …}.")
        }
        var known: [String: String] = [:]
        for kind in kinds {
            for entry in kind.entries {
                let path = "\(kind.section).\(entry.key)"
                if PartyReader.modelWords.contains(entry.key) {
                    log.error(entry.location, path, "is a word that the model uses itself. Choose another name.")
                }
                if let other = known[entry.key], other != kind.section {
                    log.error(
                        entry.location, path,
                        "there is a \(other == "users" ? "user" : "party") of this name already. Choose another.")
                }
                known[entry.key] = known[entry.key] ?? kind.section
            }
        }
    }

    // MARK: Who is led

    /// A case decides prices, which somebody answers, or sizes, or what parties trade, or nothing: then it is a system
    /// of its own.
    private func checkGame(_ root: [YamlEntry], _ prices: inout OperatorPrices) {
        let hasFollowers = root["users"] != nil || root["ev_stations"] != nil
        let hasPrices = ["prices", "tariffs"].contains { root["operator"]?.node.entries?[$0] != nil }
        if let trades = root["trades"], hasPrices {
            log.error(
                trades.location, "trades",
                "is given beside operator.prices: parties agree on prices, or an operator posts them. Keep one of them."
            )
            return
        }
        if root["trades"] == nil, let entry = root["coalition"] {
            log.error(
                entry.location, "coalition",
                "has no effect without 'trades'. Add them, as trades: {local: {max: 2 MW}}.")
        }
        let isLed = !context.isSizing && root["trades"] == nil
        if isLed, hasFollowers, !hasPrices, let entry = root["operator"], entry.node.entries != nil {
            log.error(entry.location, "operator", "'prices' is missing. \(OperatorReader.addPrices)")
            prices.isComplete = false
        }
        if isLed, hasPrices, !hasFollowers {
            log.error(SourceLocation(file: file), "has no followers. Add 'users' or 'ev_stations'.")
        }
        guard context.isSizing, let price = prices.decided.first else { return }
        log.error(
            price.location, price.path,
            "is to be decided, but the case is one of sizing, by \(context.sizingCause). Decide the one or the other: give the price as a number or "
                + "a series.")
    }

    // MARK: What they trade

    private func readCoalition(_ root: [YamlEntry], _ drafts: [PartyDraft]) -> CoalitionTerms? {
        guard let entry = root["trades"] else { return nil }
        if context.isSizing {
            log.error(
                entry.location, "trades",
                "is given in a case of sizing, by \(context.sizingCause). Give sizes as numbers, or take the trades out."
            )
            return nil
        }
        guard let offers = TradeReader(context: context, parties: drafts).read(entry) else { return nil }
        let members = drafts.map { CoalitionTerms.Member($0.name, isElsewhere: $0.isElsewhere, command: $0.command) }
        return CoalitionReader(context: context)
            .read(root["coalition"], at: entry.location, members: members, offers: offers)
    }

    private func check(
        _ drafts: [PartyDraft], _ menu: SupplyMenu, _ reading: inout Reading, _ root: [YamlEntry]
    ) {
        // Without every price and carrier, nothing sure can be said about what can be supplied.
        guard reading.prices.isComplete, carriers.count == context.carriers.count,
            Set(drafts.map(\.name)).count == drafts.count
        else { return }
        let here = drafts.filter { !$0.isElsewhere }
        let offered = reading.coalition?.offers.map(\.trade) ?? []
        let check = SystemCheck(context: context, carriers: carriers, trading: root["trades"] != nil)
        // What a party can do for itself counts, so trades are no supply.
        reading.trades = check.limit(
            reading.trades, parties: here, operators: Set([OperatorReader.name] + reading.operators.map(\.name)))
        let supplies = SupplyReader(context: context)
        reading.charges = menu.charges(among: reading.trades)
        reading.choices = menu.isChoice ? menu.choices(among: reading.trades, reading.charges) : []
        supplies.checkLimits(reading.choices, trades: reading.trades, users: drafts)
        if root["trades"] == nil || reading.coalition != nil {
            FreeEnergyCheck(context: context, carriers: carriers)
                .check(here.filter(\.isComplete), trades: reading.trades + offered)
        }
        reading.trades += offered
        guard here.allSatisfy(\.isComplete) else { return }
        check.checkTaken(reading.prices, trades: reading.trades, charges: reading.charges)
        supplies.checkPaid(reading.prices, charges: reading.charges)
        for draft in here {
            FreeMoneyCheck(context: context, carriers: carriers).check(draft)
            IdleRuleCheck(context: context).check(draft)
        }
        MagnitudeCheck(context: context).check(here, reading.prices, carriers)
    }

    // MARK: Carbon

    private func readCarbon(
        _ root: [YamlEntry], _ drafts: [PartyDraft], _ names: [String], _ reading: inout Reading
    ) {
        let hasOperator = drafts.contains { $0.name == OperatorReader.name }
        if let entry = root["carbon"],
            let carbon = CarbonReader(context: context).read(
                entry, parties: (hasOperator ? [OperatorReader.name] : []) + names,
                components: { payer in reading.parties.first { $0.name == payer }?.components.map(\.name) ?? [] }),
            let position = reading.parties.firstIndex(where: { $0.name == carbon.payer })
        {
            if let own = drafts[position].carbonLocation {
                log.error(
                    own, "\(drafts[position].path).carbon", "and 'carbon' of the case are both given. Keep one of them."
                )
            }
            reading.parties[position].carbon = carbon.account
            reading.parties[position].outputEmissions = carbon.outputs
            checkAccount(of: reading.parties[position], reading, at: entry.location, path: "carbon")
        }
        for (draft, party) in zip(drafts, reading.parties) {
            guard let location = draft.carbonLocation else { continue }
            checkAccount(of: party, reading, at: location, path: "\(draft.path).carbon")
        }
    }

    private func checkAccount(of party: Party, _ reading: Reading, at location: SourceLocation, path: String) {
        guard context.hasTime, !log.hasErrors, reading.prices.isComplete else { return }
        CarbonCheck(context: context, carriers: carriers)
            .check(party, trades: reading.trades, at: location, path: path)
    }
}
