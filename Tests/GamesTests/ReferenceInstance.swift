import Foundation
import TestSupport

/// Data of the reference pricing game: a few users with photovoltaics, flexible load and electric boilers, and a fleet
/// of electric vehicles, all buying from one operator.
struct ReferenceInstance: Decodable {
    struct User: Decodable {
        var load_e: [Double]
        var load_h: [Double]
        var pv: [Double]
        var shift_fraction: Double
        var shift_ub: [Double]
        var shift_energy_per_day: [Double]
        var cut_e_seg_ub: [Double]
        var cut_e_slopes: [Double]
        var cut_h_seg_ub: [Double]
        var cut_h_slopes: [Double]
        var eb_ub: [Double]
        var eb_eff: Double
    }
    struct Fleet: Decodable {
        var p_ch_ub: [Double]
        var p_dis_ub: [Double]
        var wear_cost: Double
        var e_lo: [Double]
        var e_up: [Double]
        var eta_c: Double
        var eta_d: Double
    }
    struct Operator: Decodable {
        struct CHP: Decodable { var p_max, gas_price, eta_e, heat_to_power, ramp: Double }
        struct Boiler: Decodable { var h_max, eta: Double }
        struct Grid: Decodable {
            var max: Double
            var buy: [Double]
            var feed_in: Double
        }
        struct Carbon: Decodable {
            var quota, ef_gas, ef_grid, step_len: Double
            var price: [Double]
        }
        var chp: CHP
        var boiler: Boiler
        var grid: Grid
        var carbon: Carbon
        var pe_lo, pe_hi, ph_lo, ph_hi: [Double]
        var pe_avg_cap: Double
    }

    var T: Int
    var days: [[Int]]
    var users: [User]
    var ev: Fleet
    var leader: Operator

    static func read() throws -> ReferenceInstance {
        try JSONDecoder().decode(ReferenceInstance.self, from: SharedFiles.data("peers/instance.json"))
    }
}

/// What is known of the reference game.
struct ReferenceResults: Decodable {
    struct Point: Decodable {
        var payoff: Double
        var prices: [Double]
    }
    var optimistic_best_known: Point
    var unique_response_best_known: Point

    static func read() throws -> ReferenceResults {
        try JSONDecoder().decode(ReferenceResults.self, from: SharedFiles.data("peers/best_known.json"))
    }
}
