import Energy
import LinearModels

extension RollingDispatch {
    /// What is decided so far, and where the variables and rows of the whole model stand in time.
    struct State {
        private let model: LinearModel
        private let tags: (variables: [ModelTag?], rows: [ModelTag?])
        private let columnsByStep: [[Int]]
        /// Rows by the last step that their variables are of.
        private let rowsByStep: [[Int]]
        /// Variables of the whole horizon, and rows in which one stands.
        private let ofWhole: (columns: [Int], rows: [Int])
        /// CNY and kg, by variable.
        private let (costs, emission): ([Double], [Double])
        /// Stored energy by store and step.
        private let stores: [StoreKey: [Int: Stored]]
        /// One number per variable of the whole model; 0 where nothing is decided.
        private(set) var values: [Double]
        /// Of cost and emission, one number per row of the whole model.
        private(set) var duals: (cost: [Double], emission: [Double])

        private struct Stored {
            let column: Int
            /// kWh.
            let most: Double
        }

        init(_ dispatch: Dispatch) {
            let model = dispatch.built.model
            self.model = model
            let tags = (variables: model.variableTags, rows: model.rowTags)
            self.tags = tags
            var columnsByStep = [[Int]](repeating: [], count: dispatch.system.time.steps)
            var rowsByStep = columnsByStep
            var ofWhole: (columns: [Int], rows: [Int]) = ([], [])
            for (j, tag) in tags.variables.enumerated() {
                if let step = tag?.step { columnsByStep[step].append(j) } else { ofWhole.columns.append(j) }
            }
            for row in tags.rows.indices {
                let steps = model.variables(ofRow: row).map { tags.variables[$0]?.step }
                if steps.contains(nil) {
                    ofWhole.rows.append(row)
                } else if let last = steps.compactMap(\.self).max() {
                    rowsByStep[last].append(row)
                }
            }
            (self.columnsByStep, self.rowsByStep, self.ofWhole) = (columnsByStep, rowsByStep, ofWhole)
            (costs, emission) = (
                model.objectiveForm.ofVariables, model.form(of: dispatch.emission).ofVariables
            )
            values = [Double](repeating: 0, count: model.variableCount)
            let unknown = [Double](repeating: .nan, count: model.constraintCount)
            duals = (unknown, unknown)
            var stores: [StoreKey: [Int: Stored]] = [:]
            for (row, tag) in model.rows(where: { $0.meaning == .storedEnergy }) {
                guard let key = StoreKey(tag), let step = tag.step else { continue }
                let energy = model.variables(ofRow: row).first {
                    tags.variables[$0]?.step == step && tags.variables[$0]?.meaning == .energyLimit
                }
                guard let energy else { continue }
                stores[key, default: [:]][step] = Stored(column: energy, most: model.upperBound(ofVariable: energy))
            }
            self.stores = stores
        }

        /// The variables and rows of a window. Rows that reach beyond it are left to later windows; of those of the
        /// whole horizon what comes later does not count yet.
        func part(from first: Int, to end: Int) throws -> ModelPart {
            try model.part(
                columns: columnsByStep[first..<end].flatMap(\.self) + ofWhole.columns,
                rows: (rowsByStep[first..<end].flatMap(\.self) + ofWhole.rows).sorted(), values: values, costs: costs)
        }

        /// What one more stored kWh was worth, on the mean over a window.
        func worth(_ solved: Solved) -> [StoreKey: Double] {
            guard let duals = solved.window.duals?[0] else { return [:] }
            var sums: [StoreKey: (sum: Double, count: Int)] = [:]
            for (k, row) in solved.part.rows.enumerated() {
                guard let tag = tags.rows[row], tag.meaning == .storedEnergy, let key = StoreKey(tag) else { continue }
                let (sum, count) = sums[key] ?? (0, 0)
                sums[key] = (sum - duals[k], count + 1)
            }
            return sums.mapValues { max(0, $0.sum / Double($0.count)) }
        }

        /// The model of a window in which what is stored at its end has its worth, or its least amount.
        func valued(
            _ part: ModelPart, at step: Int, _ endValue: EndValue, _ worth: [StoreKey: Double]
        ) throws -> LinearModel {
            var model = part.model
            let variables = model.variables
            let own = Dictionary(zip(part.columns, variables)) { first, _ in first }
            var cost = model.objectiveExpression
            for key in stores.keys.sorted(by: { ($0.party, $0.component) < ($1.party, $1.component) }) {
                guard let stored = stores[key]?[step], let energy = own[stored.column] else { continue }
                switch endValue {
                case .nothing: break
                case .water: cost += -(worth[key] ?? 0) * energy
                case .share(let share):
                    guard stored.most.isFinite else { continue }
                    try model.add(energy >= share * stored.most, named: "\(key.party).\(key.component).end_of_window")
                }
            }
            try model.minimise(cost)
            return model
        }

        /// What a window emits, over the variables of its model.
        func emission(of part: ModelPart, in model: LinearModel) -> LinearExpression {
            sum(zip(part.columns, model.variables).filter { emission[$0.0] != 0 }.map { emission[$0.0] * $0.1 })
        }

        mutating func keep(_ solved: Solved, _ steps: Range<Int>, isLast: Bool) {
            for (k, j) in solved.part.columns.enumerated() {
                if tags.variables[j]?.step.map(steps.contains) ?? isLast { values[j] = solved.window.values[k] }
            }
            guard let duals = solved.window.duals else { return }
            for (k, row) in solved.part.rows.enumerated() {
                guard let step = tags.rows[row]?.step, steps.contains(step) else { continue }
                self.duals.cost[row] = duals[0][k]
                self.duals.emission[row] = duals[1][k]
            }
        }
    }

    /// A store of a party, or a group of a fleet.
    struct StoreKey: Hashable {
        let party, component: String

        init?(_ tag: ModelTag) {
            guard let owner = tag.owner else { return nil }
            (party, component) = (owner, tag.part)
        }
    }

    /// A solved window with its place in the whole model.
    struct Solved {
        let part: ModelPart
        let window: SolvedWindow
    }
}
