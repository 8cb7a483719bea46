/// Shapes of a day that parks of any size are made of: three kinds of users, the sun and the tariff. Stand-ins with the
/// usual proportions.
enum ParkProfiles {
    struct Kind {
        let name: String
        /// kW in each hour.
        let electricity: [Double]
        let heat: [Double]
        let photovoltaics: Double
        let heater: Double
        /// Discomfort of the first kWh cut, CNY/kWh, and by how much the last is worth more.
        let electricityCut: (discomfort: Double, growth: Double)
        let heatCut: (discomfort: Double, growth: Double)
    }

    static let kinds = [
        Kind(
            name: "industrial",
            electricity: [
                820, 800, 790, 790, 800, 850, 980, 1150, 1350, 1450, 1480, 1460, 1300, 1400, 1480, 1470, 1420, 1300,
                1150, 1050, 980, 930, 880, 840,
            ],
            heat: [
                560, 560, 560, 570, 590, 640, 720, 800, 860, 880, 870, 850, 820, 830, 840, 830, 800, 760, 720, 680, 650,
                620, 590, 570,
            ],
            photovoltaics: 600, heater: 285, electricityCut: (0.55, 1.2 / 0.55), heatCut: (0.22, 0.42 / 0.22)),
        Kind(
            name: "commercial",
            electricity: [
                180, 170, 165, 165, 170, 190, 250, 380, 560, 720, 800, 840, 820, 800, 790, 780, 770, 780, 820, 860, 800,
                620, 380, 240,
            ],
            heat: [
                150, 150, 150, 160, 200, 320, 480, 600, 640, 620, 590, 560, 540, 530, 530, 540, 560, 580, 590, 560, 480,
                340, 220, 170,
            ],
            photovoltaics: 400, heater: 190, electricityCut: (0.50, 0.9 / 0.50), heatCut: (0.20, 0.33 / 0.20)),
        Kind(
            name: "residential",
            electricity: [
                220, 190, 175, 170, 175, 200, 280, 380, 360, 310, 290, 300, 330, 310, 290, 290, 320, 420, 560, 640, 650,
                580, 430, 300,
            ],
            heat: [
                420, 410, 410, 420, 460, 560, 640, 600, 500, 430, 390, 370, 370, 360, 370, 400, 470, 570, 660, 700, 700,
                660, 570, 480,
            ],
            photovoltaics: 400, heater: 237.5, electricityCut: (0.40, 0.8 / 0.40), heatCut: (0.24, 0.30 / 0.24)),
    ]

    /// Output per capacity.
    static let sun = [
        0, 0, 0, 0, 0, 0, 0.02, 0.10, 0.28, 0.48, 0.65, 0.77, 0.82, 0.80, 0.70, 0.54, 0.35, 0.16, 0.04, 0, 0, 0, 0, 0,
    ]

    static func tariff(hour: Int) -> Double {
        switch hour {
        case 23, 0...5: 0.40
        case 6...9, 15...17: 0.75
        default: 1.20
        }
    }

    /// A day's shape at a clock time: hourly values are means, so they stand at the middle of their hour.
    static func value(of shape: [Double], at clock: Double) -> Double {
        let place = clock - 0.5
        let hour = place.rounded(.down)
        let share = place - hour
        let first = (Int(hour) + 48) % 24
        return shape[first] * (1 - share) + shape[(first + 1) % 24] * share
    }
}
