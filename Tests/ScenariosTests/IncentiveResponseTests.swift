import Testing

@testable import Scenarios

@Suite struct IncentiveResponseTests {
    /// Subsidies in yuan/kWh, the share that tables 5 and 6 of paper 004 publish, and what
    /// `Scripts/fit_responsivity.py` prints, in per cent. The two tables have the first point in common.
    static let points = [
        (0.25, 0.27, 33.0, 33.00154), (0.30, 0.27, 42, 42.21699), (0.35, 0.27, 53, 53.28092),
        (0.40, 0.27, 70, 69.59993), (0.45, 0.27, 96, 96.08414), (0.25, 0.32, 41, 40.42711),
        (0.25, 0.37, 48, 48.40484), (0.25, 0.42, 59, 59.04085), (0.25, 0.47, 74, 73.92937),
    ]

    @Test func reproducesThePublishedShares() {
        let response = IncentiveResponse()
        var errors: [Double] = []
        for (charging, discharging, published, fitted) in Self.points {
            let share = 100 * response.share(charging: charging, discharging: discharging)
            #expect(abs(share - fitted) < 1e-5)
            errors.append(share - published)
        }
        let largest = errors.map(abs).max() ?? .infinity
        let rms = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
        print("responding shares: largest error \(largest), RMS \(rms) percentage points")
        #expect(largest < 0.58 && rms < 0.30)
    }

    @Test func byHand() {
        var response = IncentiveResponse()
        response.chargingAttraction = 2
        response.dischargingAttraction = 1
        response.chargingWear = 0.1
        response.dischargingWear = 0.2
        response.chargingSaturation = 0.4
        response.dischargingSaturation = 0.5
        (response.slope, response.spreadGrowth, response.spreadDecline) = (1, 0.5, 0.25)
        (response.inflection, response.saturation) = (0.4, 0.8)
        // Below wear a subsidy is none, above saturation it is the same.
        #expect(response.incentive(charging: 0.05, discharging: 0.1) == 0)
        #expect(abs(response.incentive(charging: 0.3, discharging: 0.1) - 0.4) < 1e-12)
        #expect(abs(response.incentive(charging: 9, discharging: 9) - 0.9) < 1e-12)
        func bounds(_ incentive: Double, _ lower: Double, _ upper: Double) -> Bool {
            let bounds = response.responsivity(at: incentive)
            return abs(bounds.lowerBound - lower) < 1e-12 && abs(bounds.upperBound - upper) < 1e-12
        }
        #expect(bounds(0, 0, 0) && bounds(0.2, 0.1, 0.3) && bounds(0.4, 0.2, 0.6))
        #expect(bounds(0.6, 0.45, 0.75) && bounds(0.8, 0.7, 0.9) && bounds(2, 0.7, 0.9))
        // 0.2 ... 0.6 against 0.5: a quarter. 0.45 ... 0.75: five sixths.
        #expect(abs(response.share(charging: 0.3, discharging: 0) - 0.25) < 1e-12)
        #expect(abs(response.share(charging: 0.3, discharging: 0.4) - 5.0 / 6) < 1e-12)
        #expect(response.share(charging: 0, discharging: 0) == 0 && response.share(charging: 9, discharging: 9) == 1)
        // Where users do not differ, all respond or none: 0.4 stays below one half, 0.6 does not.
        (response.spreadGrowth, response.spreadDecline) = (0, 0)
        #expect(
            response.share(charging: 0.3, discharging: 0) == 0 && response.share(charging: 0.4, discharging: 0) == 1)
    }

    @Test func neverFallsWithASubsidyAndStaysAShare() {
        let response = IncentiveResponse()
        let prices = (0...60).map { Double($0) / 100 }
        for fixed in prices {
            let byCharging = prices.map { response.share(charging: $0, discharging: fixed) }
            let byDischarging = prices.map { response.share(charging: fixed, discharging: $0) }
            for shares in [byCharging, byDischarging] {
                #expect(shares.allSatisfy { (0...1).contains($0) })
                #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
            }
        }
        #expect(response.share(charging: 0, discharging: 0) == 0)
        #expect(response.share(charging: 0.45, discharging: 0.47) == 1)
        #expect(response.share(charging: 0.5, discharging: 0.27) == response.share(charging: 0.45, discharging: 0.27))
    }

    @Test(arguments: [1, 30, 1000]) func sampledUsersMatchTheirShare(users: Int) {
        let response = IncentiveResponse()
        var before = [Bool](repeating: false, count: users)
        for charging in [0.2, 0.25, 0.3, 0.35, 0.4, 0.45] {
            let answers = response.responses(of: users, charging: charging, discharging: 0.27, seed: 4)
            let expected = Double(users) * response.share(charging: charging, discharging: 0.27)
            #expect(abs(Double(answers.count { $0 }) - expected) < 1 + 1e-9)
            // Who responded to less still does.
            #expect(zip(before, answers).allSatisfy { !$0 || $1 })
            #expect(answers == response.responses(of: users, charging: charging, discharging: 0.27, seed: 4))
            before = answers
        }
        if users > 1 {
            let other = response.responses(of: users, charging: 0.35, discharging: 0.27, seed: 5)
            #expect(other != response.responses(of: users, charging: 0.35, discharging: 0.27, seed: 4))
        }
    }

    /// Independent draws of users, straight from eq. 5 and 8.
    @Test func theShareIsWhatDrawsGive() {
        let response = IncentiveResponse()
        var generator = SplitMix(state: 12)
        for (charging, discharging, _, _) in Self.points {
            let bounds = response.responsivity(at: response.incentive(charging: charging, discharging: discharging))
            let respond = (0..<20_000).count { _ in Double.random(in: bounds, using: &generator) > response.threshold }
            // Four standard deviations of a share of 20,000 draws.
            #expect(
                abs(Double(respond) / 20_000 - response.share(charging: charging, discharging: discharging)) < 0.0142)
        }
    }
}
