import Games
import Testing
@Test func zdebug() throws {
    let tiny = TinyGame(decisions: 2, parties: [.init(upper: [1,1,2], isInteger: false, extra: [0,-2,1], price: [0,1,0], rows: [.init(factors: [-1,0,2], isAtMost: true, side: 0)], demand: [[2,2,1]])], markets: [.init(cheap: 0, cheapLimit: 2, dear: 3)])
    let e = try Evaluator(tiny.game()).evaluate([0,2], ties: .pessimistic)
    print("ZZ", e)
}
