import Games
import LinearModels

/// The reference instance as a game: 24 electricity prices under a cap on their mean, and 24 heat prices.
struct ReferenceGame {
    enum Form: String, CaseIterable {
        /// Users and fleet clear together: what the fleet discharges, users take.
        case joint
        /// Every party alone: the fleet's discharge is credited at the price. The same game wherever the users'
        /// purchases cover the discharge hour by hour.
        case separate
    }

    let instance: ReferenceInstance
    let form: Form

    /// What a follower's block asks of the leader and pays.
    private struct Block {
        var electricity: [LinearExpression]
        var heat: [LinearExpression]
        var cost = LinearExpression()
        var payment = LinearExpression()
    }

    private var hours: Range<Int> { 0..<instance.T }

    func game(ties: TieRule = .optimistic) throws -> StackelbergGame {
        let leader = instance.leader
        let electricity = hours.map {
            Decision(name: "pe\($0)", lower: leader.pe_lo[$0], upper: leader.pe_hi[$0], unit: "CNY/kWh")
        }
        let heat = hours.map {
            Decision(name: "ph\($0)", lower: leader.ph_lo[$0], upper: leader.ph_hi[$0], unit: "CNY/kWh")
        }
        let space = try DecisionSpace(
            electricity + heat,
            meanCaps: [MeanCap(name: "mean", indices: Array(hours), maximum: leader.pe_avg_cap)])
        var builders: [(name: String, build: (inout LinearModel, [Parameter]) throws -> Block)] = []
        switch form {
        case .joint: builders.append(("parties", { try joint(&$0, $1) }))
        case .separate:
            for k in instance.users.indices { builders.append(("user\(k)", { try user(k, &$0, $1, fleet: nil) })) }
            builders.append(("fleet", { try fleet(&$0, $1, credited: true).block }))
        }
        let names = space.decisions.map(\.name)
        let followers = try builders.map { builder in
            var model = LinearModel()
            let prices = try names.map { try model.parameter($0, value: 0.5) }
            try model.minimise(builder.build(&model, prices).cost)
            return Follower(name: builder.name, model: model)
        }
        var system = LinearModel()
        let prices = try names.map { try system.parameter($0, value: 0.5) }
        let blocks = try builders.map { try $0.build(&system, prices) }
        try dispatch(&system, blocks)
        return try StackelbergGame(
            name: "reference, \(form.rawValue)", space: space, followers: followers, system: system, ties: ties)
    }

    // MARK: Parties

    private func joint(_ model: inout LinearModel, _ prices: [Parameter]) throws -> Block {
        let (discharge, fleetBlock) = try fleet(&model, prices, credited: false)
        var block = fleetBlock
        var taken = hours.map { _ in LinearExpression() }
        for k in instance.users.indices {
            let shares = try hours.map { try model.variable("v\(k)_\($0)") }
            let part = try user(k, &model, prices, fleet: shares)
            for t in hours {
                taken[t] += shares[t]
                block.electricity[t] += part.electricity[t]
                block.heat[t] += part.heat[t]
            }
            block.cost += part.cost
            block.payment += part.payment
        }
        for t in hours { try model.add(taken[t] - discharge[t] == 0, named: "share_\(t)") }
        return block
    }

    private func user(
        _ k: Int, _ model: inout LinearModel, _ prices: [Parameter], fleet: [Variable]?
    ) throws -> Block {
        let user = instance.users[k]
        let feedIn = instance.leader.grid.feed_in
        var block = Block(electricity: [], heat: [])
        var shifted: [Variable] = []
        for t in hours {
            let buy = try model.variable("buy\(k)_\(t)")
            let sell = try model.variable("sell\(k)_\(t)", in: 0...user.pv[t])
            let shift = try model.variable("shift\(k)_\(t)", in: 0...user.shift_ub[t])
            let boiler = try model.variable("boiler\(k)_\(t)", in: 0...user.eb_ub[t])
            let heat = try model.variable("heat\(k)_\(t)")
            var power = buy - shift - boiler - sell
            if let fleet { power += fleet[t] }
            var warmth = heat + user.eb_eff * boiler
            for (s, slope) in user.cut_e_slopes.enumerated() {
                let cut = try model.variable("cut_e\(k)_\(s)_\(t)", in: 0...user.cut_e_seg_ub[t])
                power += cut
                block.cost += slope * cut
            }
            for (s, slope) in user.cut_h_slopes.enumerated() {
                let cut = try model.variable("cut_h\(k)_\(s)_\(t)", in: 0...user.cut_h_seg_ub[t])
                warmth += cut
                block.cost += slope * cut
            }
            try model.add(
                power == (1 - user.shift_fraction) * user.load_e[t] - user.pv[t], named: "power\(k)_\(t)")
            try model.add(warmth == user.load_h[t], named: "warmth\(k)_\(t)")
            let payment = prices[t] * buy + prices[instance.T + t] * heat - feedIn * sell
            block.cost += payment
            block.payment += payment
            block.electricity.append(buy - sell)
            block.heat.append(heat.linearExpression)
            shifted.append(shift)
        }
        for (d, day) in instance.days.enumerated() {
            try model.add(sum(shifted[day[0]..<day[1]]) == user.shift_energy_per_day[d], named: "shift\(k)_day\(d)")
        }
        return block
    }

    private func fleet(
        _ model: inout LinearModel, _ prices: [Parameter], credited: Bool
    ) throws -> (discharge: [Variable], block: Block) {
        let fleet = instance.ev
        var block = Block(electricity: [], heat: hours.map { _ in LinearExpression() })
        var discharges: [Variable] = []
        var before: Variable?
        for t in hours {
            let charge = try model.variable("charge_\(t)", in: 0...fleet.p_ch_ub[t])
            let discharge = try model.variable("discharge_\(t)", in: 0...fleet.p_dis_ub[t])
            let energy = try model.variable("energy_\(t)", in: fleet.e_lo[t]...fleet.e_up[t])
            let charging = try model.variable("charging_\(t)", kind: .binary)
            var balance = energy - fleet.eta_c * charge + (1 / fleet.eta_d) * discharge
            if let before { balance -= before }
            try model.add(balance == 0, named: "energy_\(t)")
            try model.add(charge - fleet.p_ch_ub[t] * charging <= 0, named: "charging_\(t)")
            try model.add(
                discharge + fleet.p_dis_ub[t] * charging <= fleet.p_dis_ub[t], named: "discharging_\(t)")
            var payment = prices[t] * charge
            var demand = charge.linearExpression
            if credited {
                payment -= prices[t] * discharge
                demand -= discharge
            }
            block.cost += payment + fleet.wear_cost * discharge
            block.payment += payment
            block.electricity.append(demand)
            discharges.append(discharge)
            before = energy
        }
        return (discharges, block)
    }

    // MARK: Leader

    /// Combined heat and power, boiler, grid and a carbon ladder serve what the blocks ask for.
    private func dispatch(_ model: inout LinearModel, _ blocks: [Block]) throws {
        let leader = instance.leader
        let carbonSteps = try leader.carbon.price.indices.map {
            let isLast = $0 == leader.carbon.price.count - 1
            return try model.variable("carbon_\($0)", in: 0...(isLast ? .infinity : leader.carbon.step_len))
        }
        var payoff = sum(blocks.map(\.payment))
        var emission = LinearExpression()
        var before: Variable?
        for t in hours {
            let chp = try model.variable("chp_\(t)", in: 0...leader.chp.p_max)
            let boiler = try model.variable("boiler_\(t)", in: 0...leader.boiler.h_max)
            let bought = try model.variable("grid_buy_\(t)", in: 0...leader.grid.max)
            let sold = try model.variable("grid_sell_\(t)", in: 0...leader.grid.max)
            try model.add(
                chp + bought - sold == sum(blocks.map { $0.electricity[t] }), named: "electricity_\(t)")
            try model.add(
                leader.chp.heat_to_power * chp + boiler >= sum(blocks.map { $0.heat[t] }), named: "heat_\(t)")
            if let before {
                try model.add(range(-leader.chp.ramp, chp - before, leader.chp.ramp), named: "ramp_\(t)")
            }
            before = chp
            let gas = (1 / leader.chp.eta_e) * chp + (1 / leader.boiler.eta) * boiler
            payoff -= leader.chp.gas_price * gas
            payoff -= leader.grid.buy[t] * bought
            payoff += leader.grid.feed_in * sold
            emission += leader.carbon.ef_gas * gas + leader.carbon.ef_grid * bought
        }
        for (price, step) in zip(leader.carbon.price, carbonSteps) { payoff -= price * step }
        try model.add(emission - sum(carbonSteps) <= leader.carbon.quota, named: "carbon")
        try model.maximise(payoff)
    }
}
